package main

import "fmt"

func main() {
	var values []int
	fmt.Println(values[len(values)])
}
