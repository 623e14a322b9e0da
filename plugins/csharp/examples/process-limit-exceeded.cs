using System.Threading;

public class Program
{
    public static void Main()
    {
        for (var i = 0; i < 200; i++)
        {
            var thread = new Thread(() => Thread.Sleep(60000));
            thread.IsBackground = true;
            thread.Start();
        }
        Thread.Sleep(60000);
    }
}
