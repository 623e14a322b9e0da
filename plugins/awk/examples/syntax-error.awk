BEGIN {
    total = 0
    for (i = 1; i <= 2; i++ {
        total += i
    }
    print total
}
