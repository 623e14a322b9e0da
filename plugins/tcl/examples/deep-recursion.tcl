interp recursionlimit {} 1000000000
proc depth {level} {
    return [expr {1 + [depth [expr {$level + 1}]]}]
}

puts [depth 0]
