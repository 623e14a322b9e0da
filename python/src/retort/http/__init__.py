"""The engine as one or several servers, reached over HTTP or a Unix socket."""
