package runner

import (
	"testing"

	"runnel/runner/timeline"
)

// The interpreter alone begins a loop without a condition at its first
// statement again and again.
func TestRun_loopsWithoutCondition(t *testing.T) {
	t.Parallel()
	result := mustRun(t, Program{Source: `package main

import "fmt"

func start() int {
	fmt.Println("start")
	return 0
}

func numbers() <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := 1; n <= 2; n++ {
			out <- n
		}
	}()
	return out
}

func main() {
	for i := start(); ; i++ {
		if i == 2 {
			break
		}
	}
	for i := start(); ; {
		if i++; i == 2 {
			break
		}
	}
	for n := range numbers() {
		fmt.Println(n)
	}
	a := numbers()
	for a != nil {
		select {
		case n, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			fmt.Println(n)
		}
	}
}
`})
	const want = "start\nstart\n1\n2\n1\n2\n"
	if got := text(result.Recording, timeline.Stdout); got != want || result.End.Kind != timeline.OK {
		t.Errorf("got %q and %+v, want %q", got, result.End, want)
	}
}
