void main () {
    for (int i = 0; i >= 0; i = (i + 1) % 1000) {
        stdout.printf ("all work and no play, all work and no play\n");
    }
}
