using System;

public class Program
{
    public static void Main()
    {
        while (true)
        {
            Console.WriteLine("all work and no play, all work and no play");
        }
    }
}
