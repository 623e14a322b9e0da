using System;
using System.Linq;
using System.Threading;

public class Program
{
    static int total = 0;

    public static void Main()
    {
        var workers = Enumerable.Range(1, 4)
            .Select(value => new Thread(() => Interlocked.Add(ref total, value)))
            .ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        Console.WriteLine(total);
    }
}
