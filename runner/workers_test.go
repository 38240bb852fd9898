package runner

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"runnel/runner/timeline"
)

func TestRun_concurrent(t *testing.T) {
	t.Parallel()
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			result, err := sharedRunner(t).Run(context.Background(),
				body("fmt", fmt.Sprintf("fmt.Println(%d)", i%7)))
			got := text(result.Recording, timeline.Stdout)
			if err != nil || got != fmt.Sprintf("%d\n", i%7) {
				t.Errorf("run %d: got %q, error %v", i, got, err)
			}
		})
	}
	group.Wait()
}

func TestRun_canceled(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	endless := body("", "for {}")
	endless.Steps = 1 << 40 // they must not be used up before it is canceled
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Run(ctx, endless); !errors.Is(
		err, context.Canceled) {
		t.Errorf("got error %v, want %v", err, context.Canceled)
	}
	ctx, cancel = context.WithCancel(context.Background())
	defer time.AfterFunc(2*time.Second, cancel).Stop()
	start := time.Now()
	if _, err := r.Run(ctx, endless); !errors.Is(
		err, context.Canceled) {
		t.Errorf("got error %v, want %v", err, context.Canceled)
	}
	if d := time.Since(start); d > 8*time.Second {
		t.Errorf("a canceled run ended after %v", d)
	}
	result, err := r.Run(context.Background(), body("", ""))
	if err != nil || result.End.Kind != timeline.OK {
		t.Errorf("the next program: %+v, error %v", result.End, err)
	}
}

// A worker that dies costs its program nothing.
func TestRun_workerKilled(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	ctx := context.Background()
	if _, err := r.Run(ctx, body("", "")); err != nil {
		t.Fatal(err)
	}
	t.Run("idle", func(t *testing.T) {
		_ = r.pool.idle[0].cmd.Process.Kill()
		result, err := r.Run(ctx, body("fmt", `fmt.Println("idle")`))
		got := text(result.Recording, timeline.Stdout)
		if err != nil || got != "idle\n" {
			t.Errorf("got %q, error %v", got, err)
		}
	})
	t.Run("busy", func(t *testing.T) {
		stop := make(chan struct{})
		go func() {
			defer close(stop)
			time.Sleep(100 * time.Millisecond)
			r.pool.mutex.Lock()
			defer r.pool.mutex.Unlock()
			for worker := range r.pool.busy {
				_ = worker.cmd.Process.Kill()
			}
		}()
		result, err := r.Run(ctx, body("fmt", `
			n := 0
			for i := 0; i < 1000000; i++ {
				n += i
			}
			fmt.Println("busy")`))
		<-stop
		got := text(result.Recording, timeline.Stdout)
		if err != nil || got != "busy\n" {
			t.Errorf("got %q, %+v, error %v", got, result.End, err)
		}
	})
}

// A program that a worker dies of each time is not run, and ends nothing else.
func TestRun_workerAlwaysDies(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	if _, err := r.Run(context.Background(), body("", "")); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
			r.pool.mutex.Lock()
			for worker := range r.pool.busy {
				_ = worker.cmd.Process.Kill()
			}
			r.pool.mutex.Unlock()
		}
	}()
	p := body("", "for {}")
	p.Timeout = time.Minute
	result, err := r.Run(context.Background(), p)
	const want = "the sandbox does not survive it: worker died"
	if err != nil || result.End.Kind != timeline.Refused ||
		!strings.HasPrefix(result.End.Message, want) {
		t.Errorf("got %+v, error %v, want %q", result.End, err, want)
	}
	if r.results.has(p) {
		t.Error("the result is cached")
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	ctx := context.Background()
	if _, err := r.Run(ctx, body("", "")); err != nil {
		t.Fatal(err)
	}
	worker := r.pool.idle[0]
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if worker.cmd.ProcessState == nil {
		t.Error("a worker is left behind")
	}
	if _, err := r.Run(ctx, body("fmt", "fmt.Println()")); err == nil {
		t.Error("a closed runner ran a program")
	}
	if err := r.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

// A worker whose parent is gone ends, even in the middle of a program.
func TestWorker_orphan(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	if _, err := r.Run(context.Background(), body("", "")); err != nil {
		t.Fatal(err)
	}
	worker, err := r.pool.take(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := worker.out.Encode(job{Program: body("", "for {}")}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	_ = worker.stdin.Close()
	ended := make(chan error, 1)
	go func() { ended <- worker.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("got %v, want an orderly end", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the worker is still there")
		worker.stop()
	}
	<-r.pool.slots
}

// A program's randomness is its own, and the same every time.
func TestRun_deterministic(t *testing.T) {
	t.Parallel()
	const source = `package main

import (
	crand "crypto/rand"
	"fmt"
	"math/rand"
	"time"
)

func main() {
	m := map[int]bool{}
	for i := 0; i < 20; i++ {
		m[i] = true
	}
	for k := range m {
		fmt.Print(k, " ")
	}
	b := make([]byte, 8)
	crand.Read(b)
	fmt.Println(rand.Int(), b, time.Now())
	c := make(chan int)
	for i := 0; i < 10; i++ {
		go func(i int) { c <- i }(i)
	}
	for i := 0; i < 10; i++ {
		fmt.Print(<-c, " ")
	}
	a, z := make(chan int, 50), make(chan int, 50)
	for i := 0; i < 50; i++ {
		a <- i
		z <- i
	}
	for i := 0; i < 50; i++ {
		select {
		case <-a:
			fmt.Print("a")
		case <-z:
			fmt.Print("z")
		}
	}
}
`
	first, err := newRunner(t).Run(
		context.Background(), Program{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := newRunner(t).Run(
			context.Background(), Program{Source: source})
		if err != nil || !reflect.DeepEqual(
			again.Recording, first.Recording) {
			t.Fatalf("got %v, then %v, error %v", first, again, err)
		}
	}
	other := mustRun(t, Program{Source: source + "\n"})
	if reflect.DeepEqual(other.Recording, first.Recording) {
		t.Error("another program got the same random numbers")
	}
	out := text(first.Recording, timeline.Stdout)
	if !strings.Contains(out, "2009-11-10 23:00:00 +0000 UTC m=+0.") {
		t.Errorf("got %q, want the time when programs start", out)
	}
}

func TestRun_timers(t *testing.T) {
	t.Parallel()
	result := mustRun(t, body("context fmt time", `
		start := time.Now()
		ctx, cancel := context.WithTimeout(
			context.Background(), 250*time.Millisecond)
		defer cancel()
		<-ctx.Done()
		fmt.Println(ctx.Err(), time.Since(start))
		ticker := time.NewTicker(time.Second)
		for i := 0; i < 3; i++ {
			fmt.Println((<-ticker.C).Sub(start))
		}
		ticker.Stop()
		<-time.After(1500 * time.Millisecond)
		fmt.Println(time.Since(start))`))
	got := text(result.Recording, timeline.Stdout)
	want := "context deadline exceeded 250ms\n" +
		"1.25s\n2.25s\n3.25s\n4.75s\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
