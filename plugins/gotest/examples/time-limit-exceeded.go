package main

import "testing"

func TestLoops(t *testing.T) {
	for {
	}
}
