BEGIN {
    for (i = 1; i <= 100; i++) {
        print "" | ("sleep 60 #" i)
    }
}
