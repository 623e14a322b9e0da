package main

import "testing"

func TestAdds(t *testing.T) {
	if sum := 1 + 2; sum != 4 {
		t.Errorf("wanted 4, found %d", sum)
	}
}
