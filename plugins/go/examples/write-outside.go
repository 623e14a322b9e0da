package main

import (
	"fmt"
	"os"
)

func main() {
	for {
		var path string
		if _, err := fmt.Scan(&path); err != nil {
			break
		}
		if _, err := os.Create(path); err != nil {
			fmt.Println("refused")
		} else {
			fmt.Println("written")
		}
	}
}
