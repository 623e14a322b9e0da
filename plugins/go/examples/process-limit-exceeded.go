package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	for {
		if err := exec.Command("/bin/sleep", "60").Start(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
