using System;

public class Program
{
    public static void Main(string[] arguments)
    {
        var count = arguments.Length;
        Console.WriteLine(1 / count);
    }
}
