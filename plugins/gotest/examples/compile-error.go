package main

import "testing"

func TestAdds(t *testing.T) {
	if add(1, 2) != 3 {
		t.Fail()
	}
}
