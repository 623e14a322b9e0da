@inline(never)
func depth(_ level: Int) -> [Int] {
    var below = depth(level + 1)
    below.append(level)
    return below
}

print(depth(0).count)
