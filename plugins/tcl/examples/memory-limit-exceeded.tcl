set kept {}
while {1} {
    lappend kept [string repeat "x[llength $kept]" 200000]
}
