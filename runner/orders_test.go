package runner

import (
	"context"
	"reflect"
	"testing"

	"runnel/runner/timeline"
)

const unguarded = `package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	counter := 0
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			counter++
		}()
	}
	wg.Wait()
	fmt.Println(counter)
}
`

// TestRun_orders tries other orders: what the program leaves open shows, what
// it does not leave open does not.
func TestRun_orders(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		program Program
		many    bool // outcomes
	}{
		"a counter without a lock": {Program{Source: unguarded}, true},
		"a counter with a lock": {body("fmt sync", `
			var wg sync.WaitGroup
			var mu sync.Mutex
			counter := 0
			for i := 0; i < 20; i++ {
				wg.Add(1)
				go func() {
					defer wg.Done()
					mu.Lock()
					defer mu.Unlock()
					counter++
				}()
			}
			wg.Wait()
			fmt.Println(counter)`), false},
		"who is first": {body("fmt", `
			c := make(chan string)
			go func() { c <- "tea" }()
			go func() { c <- "coffee" }()
			fmt.Println(<-c)`), true},
		"one after the other": {body("fmt", `
			c := make(chan string)
			go func() { c <- "tea"; c <- "coffee" }()
			fmt.Println(<-c, <-c)`), false},
		"a select": {body("fmt", `
			a, b := make(chan int, 1), make(chan int, 1)
			a <- 1
			b <- 2
			go func() {}()
			select {
			case v := <-a:
				fmt.Println(v)
			case v := <-b:
				fmt.Println(v)
			}`), true},
		"a map": {body("fmt", `
			for k := range map[string]int{"a": 1, "b": 2, "c": 3, "d": 4} {
				fmt.Print(k)
			}`), true},
		"a map printed whole": {body("fmt", `
			fmt.Println(map[string]int{"a": 1, "b": 2, "c": 3, "d": 4})`),
			false},
		"dice": {body("fmt math/rand", `fmt.Println(rand.Intn(1000))`), true},
		"a sleep apart": {body("fmt time", `
			go func() {
				time.Sleep(1)
				fmt.Println("b")
			}()
			fmt.Println("a")
			time.Sleep(2)`), false},
	}
	for name, test := range tests {
		byBoth(t, name, func(t *testing.T, engine Engine) {
			t.Parallel()
			p := test.program
			p.Engine, p.Orders = engine, 15
			result := mustRun(t, p)
			total := 0
			for _, o := range result.Orders {
				total += o.Count
			}
			want := 1 + alikeOrders
			if test.many {
				want = 1 + maxOrders
			}
			if total != want || (len(result.Orders) > 1) != test.many {
				t.Errorf("got %d outcomes in %d runs",
					len(result.Orders), total)
			}
			for _, o := range result.Orders {
				t.Logf("%d times, seed %d: %q", o.Count, o.Seed,
					text(o.Recording, timeline.Stdout))
			}
		})
	}
}

// TestRun_ordersAgain runs them again, without the cache.
func TestRun_ordersAgain(t *testing.T) {
	t.Parallel()
	p := Program{Source: unguarded, Orders: 5}
	want := mustRun(t, p).Orders
	got, err := newRunner(t).Run(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if got.Cached || !reflect.DeepEqual(got.Orders, want) {
		t.Errorf("got %+v, want %+v", got.Orders, want)
	}
}
