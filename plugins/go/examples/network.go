package main

import (
	"fmt"
	"net"
	"time"
)

func main() {
	var port int
	fmt.Scan(&port)
	if _, err := net.DialTimeout("tcp4", fmt.Sprintf("127.0.0.1:%d", port), 2*time.Second); err != nil {
		fmt.Println("refused")
	} else {
		fmt.Println("connected")
	}
}
