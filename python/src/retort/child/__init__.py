"""The engine as a child process that speaks JSON-RPC over its standard streams."""
