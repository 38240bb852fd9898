package runner

import (
	"context"
	"time"
)

type progressKey struct{}

// WithProgress gives a context in which [Runner.Run] tells f how far the
// program's own clock has come: some forty times a second at the most, and
// only while a program that really runs sees it move. Where a program runs more
// than once, as by both engines, the clock begins anew; of other orders that
// are tried f is told nothing.
func WithProgress(ctx context.Context, f func(virtual time.Duration)) context.Context {
	return context.WithValue(ctx, progressKey{}, f)
}

func progressOf(ctx context.Context) func(time.Duration) {
	if f, ok := ctx.Value(progressKey{}).(func(time.Duration)); ok && f != nil {
		return f
	}
	return func(time.Duration) {}
}
