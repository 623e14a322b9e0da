void main () {
    for (int i = 0; i < 100; i++) {
        var child = Posix.fork ();
        if (child < 0) {
            Posix.exit (1);
        }
        if (child == 0) {
            Posix.sleep (60);
            Posix.exit (0);
        }
    }
}
