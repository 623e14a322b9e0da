package main

import "fmt"

func main() {
	for {
		fmt.Println("all work and no play")
	}
}
