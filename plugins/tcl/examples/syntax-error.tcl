set total 0
foreach value {1 2} {
    incr total $value
puts $total
