// Weighs the numbers of its input.
package main

import "fmt"

const limit = 10
const start = 5

var steps = []int{4, 7}

func weigh(value int, factor int) int {
	// The even ones count more.
	total := -start
	if value % 2 == 0 && value < limit {
		total += value * factor
	} else {
		total -= value + factor
	}
	return total
}

func main() {
	count := 0
	result := 0
	var number int
	for {
		if _, err := fmt.Scan(&number); err != nil {
			break
		}
		result += weigh(number, steps[0])
		count += 1
	}
	fmt.Println("result", result)
	fmt.Println("share", result / count)
}
