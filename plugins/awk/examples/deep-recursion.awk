function depth(level) {
    return 1 + depth(level + 1)
}

BEGIN { print depth(0) }
