using System;
using System.Net;
using System.Net.Sockets;

public class Program
{
    public static void Main()
    {
        var port = int.Parse(Console.ReadLine());
        try
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            Console.WriteLine("connected");
        }
        catch (SocketException)
        {
            Console.WriteLine("refused");
        }
    }
}
