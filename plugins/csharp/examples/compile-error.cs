using System;

public class Program
{
    public static void Main()
    {
        int value = "text";
        Console.WriteLine(value);
    }
}
