function share(total, count) {
    return total / count
}

BEGIN {
    print "before"
    print share(1, 0)
}
