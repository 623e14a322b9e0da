package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	for _, argument := range os.Args[1:] {
		fmt.Println(argument)
	}
	io.Copy(os.Stdout, os.Stdin)
}
