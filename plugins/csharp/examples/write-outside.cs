using System;
using System.IO;

public class Program
{
    public static void Main()
    {
        for (var path = Console.ReadLine(); path != null; path = Console.ReadLine())
        {
            try
            {
                File.Create(path).Close();
                Console.WriteLine("written");
            }
            catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException)
            {
                Console.WriteLine("refused");
            }
        }
    }
}
