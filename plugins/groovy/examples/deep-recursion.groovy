def depth(level) {
    1 + depth(level + 1)
}

println depth(0)
