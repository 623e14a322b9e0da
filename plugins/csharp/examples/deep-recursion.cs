using System;

public class Program
{
    static int Depth(int level)
    {
        return 1 + Depth(level + 1);
    }

    public static void Main()
    {
        Console.WriteLine(Depth(0));
    }
}
