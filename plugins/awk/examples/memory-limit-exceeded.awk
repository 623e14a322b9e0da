BEGIN {
    while (1) {
        kept[i++] = sprintf("%1000000d", i)
    }
}
