void main () {
    var port = (uint16) int.parse (stdin.read_line ());
    try {
        var client = new SocketClient ();
        client.connect (new InetSocketAddress.from_string ("127.0.0.1", port));
        stdout.printf ("connected\n");
    } catch (Error problem) {
        stdout.printf ("refused\n");
    }
}
