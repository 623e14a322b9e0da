using System;
using System.IO;
using System.Text;

public class Program
{
    public static void Main(string[] arguments)
    {
        var encoding = new UTF8Encoding(false);
        using (var output = new StreamWriter(Console.OpenStandardOutput(), encoding))
        using (var input = new StreamReader(Console.OpenStandardInput(), encoding))
        {
            foreach (var argument in arguments)
            {
                output.WriteLine(argument);
            }
            for (var line = input.ReadLine(); line != null; line = input.ReadLine())
            {
                output.WriteLine(line);
            }
        }
    }
}
