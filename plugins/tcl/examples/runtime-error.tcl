proc share {total count} {
    return [expr {$total / $count}]
}

puts "before"
puts [share 1 0]
