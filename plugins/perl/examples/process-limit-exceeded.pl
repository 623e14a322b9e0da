for (1 .. 100) {
    my $child = fork;
    die "fork: $!" unless defined $child;
    if (!$child) {
        sleep 60;
        exit 0;
    }
}
