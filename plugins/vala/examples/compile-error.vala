void main () {
    int total = "text";
    stdout.printf ("%d\n", total);
}
