package main

import (
	"fmt"
	"sort"
	"strings"
)

func main() {
	numbers, total := []int{}, 0
	for {
		var number int
		if _, err := fmt.Scan(&number); err != nil {
			break
		}
		numbers = append(numbers, number)
		total += number
	}
	sort.Ints(numbers)
	fmt.Println(total)
	fmt.Println(strings.Trim(fmt.Sprint(numbers), "[]"))
}
