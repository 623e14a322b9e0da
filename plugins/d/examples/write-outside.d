import std.exception;
import std.stdio;

void main()
{
    foreach (path; stdin.byLine)
    {
        try
        {
            File(path.idup, "w");
            writeln("written");
        }
        catch (ErrnoException)
        {
            writeln("refused");
        }
    }
}
