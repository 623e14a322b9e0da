import std.stdio;

void main()
{
    int total = "text";
    writeln(total);
}
