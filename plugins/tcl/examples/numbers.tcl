set numbers [lsort -integer [regexp -all -inline {\S+} [read stdin]]]
set total 0
foreach number $numbers {
    incr total $number
}
puts $total
puts [join $numbers " "]
