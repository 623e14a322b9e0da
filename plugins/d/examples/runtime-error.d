import std.stdio;

int look(int[string] table, string key)
{
    if (key !in table) throw new Exception("no such key");
    return table[key];
}

void main()
{
    writeln("before");
    writeln(look(["a": 1], "b"));
}
