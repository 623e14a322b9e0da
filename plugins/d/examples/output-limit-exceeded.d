import std.stdio;

void main()
{
    for (;;)
        writeln("all work and no play, all work and no play");
}
