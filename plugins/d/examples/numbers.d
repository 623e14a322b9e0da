import std.algorithm;
import std.array;
import std.conv;
import std.stdio;

void main()
{
    long[] numbers;
    foreach (line; stdin.byLine)
        numbers ~= line.split.map!(word => word.to!long).array;
    numbers.sort();
    writeln(numbers.sum);
    writeln(numbers.map!(number => number.to!string).join(" "));
}
