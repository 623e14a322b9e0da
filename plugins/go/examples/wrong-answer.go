package main

import "fmt"

func main() {
	var count, value, total int
	fmt.Scan(&count)
	for i := 0; i < count-1; i++ {
		fmt.Scan(&value)
		total += value
	}
	fmt.Println(total)
}
