while (1) {
    print "all work and no play\n" x 100;
}
