package runner

import (
	"context"
	"fmt"
	"testing"
)

// BenchmarkRun_warm runs a new program in a worker that is there.
func BenchmarkRun_warm(b *testing.B) {
	r := newRunner(b)
	ctx := context.Background()
	if _, err := r.Run(ctx, body("", "")); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		p := Program{Source: fmt.Sprintf("%s\n// %d\n", sleepers, n)}
		if _, err := r.Run(ctx, p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRun_cached finds a result.
func BenchmarkRun_cached(b *testing.B) {
	r := newRunner(b)
	ctx := context.Background()
	p := Program{Source: sleepers}
	if _, err := r.Run(ctx, p); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := r.Run(ctx, p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkInputs hashes the sources, as the first run does.
func BenchmarkInputs(b *testing.B) {
	for b.Loop() {
		if _, err := readInputs(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWorker starts a worker and ends it.
func BenchmarkWorker(b *testing.B) {
	r := newRunner(b)
	ctx := context.Background()
	if _, err := r.Run(ctx, body("", "")); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		worker, err := r.pool.start(ctx)
		if err != nil {
			b.Fatal(err)
		}
		worker.kill()
	}
}
