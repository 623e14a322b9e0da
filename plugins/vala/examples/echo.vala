void main (string[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
        stdout.printf ("%s\n", arguments[i]);
    }
    string? line;
    while ((line = stdin.read_line ()) != null) {
        stdout.puts (line);
        stdout.putc ('\n');
    }
}
