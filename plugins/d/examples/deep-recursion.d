import std.stdio;

long depth(long level)
{
    long[32] frame = level;
    return 1 + depth(level + 1) + frame[level % 32];
}

void main()
{
    writeln(depth(0));
}
