import std.conv;
import std.socket;
import std.stdio;
import std.string;

void main()
{
    auto port = readln().strip.to!ushort;
    try
    {
        new TcpSocket(new InternetAddress("127.0.0.1", port));
        writeln("connected");
    }
    catch (SocketException)
    {
        writeln("refused");
    }
}
