package main

import (
	"fmt"
	"testing"
)

func TestFloods(t *testing.T) {
	for {
		fmt.Println("all work and no play, all work and no play")
	}
}
