int share (int total, int count) {
    assert (count != 0);
    return total / count;
}

void main (string[] arguments) {
    stdout.printf ("%d\n", share (1, arguments.length - 1));
}
