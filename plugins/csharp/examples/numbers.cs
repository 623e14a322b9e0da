using System;
using System.Linq;

public class Program
{
    public static void Main()
    {
        var words = Console.In.ReadToEnd().Split(new[] { ' ', '\n' }, StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.Select(long.Parse).OrderBy(number => number).ToList();
        Console.WriteLine(numbers.Sum());
        Console.WriteLine(string.Join(" ", numbers));
    }
}
