while {[gets stdin path] >= 0} {
    puts [expr {[catch {open $path w}] ? "refused" : "written"}]
}
