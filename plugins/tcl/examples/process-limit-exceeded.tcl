for {set i 0} {$i < 100} {incr i} {
    exec sleep 60 &
}
