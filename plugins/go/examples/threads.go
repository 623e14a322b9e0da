package main

import (
	"fmt"
	"sync"
)

func main() {
	var group sync.WaitGroup
	var lock sync.Mutex
	total := 0
	for value := 1; value <= 4; value++ {
		group.Add(1)
		go func(value int) {
			defer group.Done()
			lock.Lock()
			total += value
			lock.Unlock()
		}(value)
	}
	group.Wait()
	fmt.Println(total)
}
