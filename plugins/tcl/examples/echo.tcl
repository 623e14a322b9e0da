foreach argument $argv {
    puts $argument
}
while {[gets stdin line] >= 0} {
    puts $line
}
