int total = 0;

void main () {
    Thread<int>[] workers = {};
    for (int i = 1; i <= 4; i++) {
        int value = i;
        workers += new Thread<int> ("worker", () => {
            AtomicInt.add (ref total, value);
            return 0;
        });
    }
    foreach (var worker in workers) {
        worker.join ();
    }
    stdout.printf ("%d\n", total);
}
