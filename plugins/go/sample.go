// A program that imports what programs import: building it leaves in the cache whatever the toolchain does not bring.
package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"container/list"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/rand"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"
)

type numbers []int

func (n numbers) Len() int           { return len(n) }
func (n numbers) Less(i, j int) bool { return n[i] < n[j] }
func (n numbers) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }
func (n *numbers) Push(x any)        { *n = append(*n, x.(int)) }
func (n *numbers) Pop() any {
	last := (*n)[len(*n)-1]
	*n = (*n)[:len(*n)-1]
	return last
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	queue := &numbers{3, 1, 2}
	heap.Init(queue)
	for in.Scan() {
		value, err := strconv.Atoi(strings.TrimSpace(in.Text()))
		if errors.Is(err, strconv.ErrSyntax) {
			continue
		}
		heap.Push(queue, value)
	}
	var group sync.WaitGroup
	var sum int64
	for _, value := range *queue {
		group.Add(1)
		go func(value int) { defer group.Done(); atomic.AddInt64(&sum, int64(value)) }(value)
	}
	group.Wait()
	sort.Ints(*queue)
	fmt.Println(sum, math.Sqrt(2), bits.Len(8), rand.Intn(1), big.NewInt(sum), list.New().Len(), time.Second)
	fmt.Println(regexp.MustCompile("a+").FindString("baa"), unicode.IsUpper('A'), utf8.RuneLen('a'), bytes.Equal(nil, nil))
}
