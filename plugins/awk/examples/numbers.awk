{
    for (i = 1; i <= NF; i++) {
        numbers[++count] = $i + 0
        total += $i
    }
}

END {
    print total
    asort(numbers)
    for (i = 1; i <= count; i++) {
        printf "%s%d", (i == 1 ? "" : " "), numbers[i]
    }
    print ""
}
