package main

import "testing"

func TestGrows(t *testing.T) {
	kept := [][]byte{}
	for {
		piece := make([]byte, 1<<20)
		for i := range piece {
			piece[i] = 1
		}
		kept = append(kept, piece)
	}
}
