package main

import "fmt"

func depth(level int) int {
	return 1 + depth(level+1)
}

func main() {
	fmt.Println(depth(0))
}
