while {1} {
    puts [string repeat "all work and no play" 50]
}
