gets stdin port
if {[catch {socket 127.0.0.1 $port}]} {
    puts refused
} else {
    puts connected
}
