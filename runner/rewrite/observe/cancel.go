package observe

import (
	"context"
	"time"
)

// The functions below are those of package context. What cancels a context
// is told with the channel that says so, wherever it is called from. They
// take a line as all twins do, and have no use for it.

// WithCancel is context.WithCancel.
func WithCancel(
	_ int, parent context.Context,
) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	return ctx, observed(ctx, cancel)
}

// WithTimeout is context.WithTimeout.
func WithTimeout(
	_ int, parent context.Context, d time.Duration,
) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(parent, d)
	return ctx, observed(ctx, cancel)
}

// WithDeadline is context.WithDeadline.
func WithDeadline(
	_ int, parent context.Context, t time.Time,
) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithDeadline(parent, t)
	return ctx, observed(ctx, cancel)
}

// WithTimeoutCause is context.WithTimeoutCause.
func WithTimeoutCause(
	_ int, parent context.Context, d time.Duration, cause error,
) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeoutCause(parent, d, cause)
	return ctx, observed(ctx, cancel)
}

// WithDeadlineCause is context.WithDeadlineCause.
func WithDeadlineCause(
	_ int, parent context.Context, t time.Time, cause error,
) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithDeadlineCause(parent, t, cause)
	return ctx, observed(ctx, cancel)
}

// WithCancelCause is context.WithCancelCause.
func WithCancelCause(
	_ int, parent context.Context,
) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	return ctx, func(cause error) {
		tellCancel(ctx)
		cancel(cause)
	}
}

func observed(ctx context.Context, cancel func()) context.CancelFunc {
	return func() {
		tellCancel(ctx)
		cancel()
	}
}

// tellCancel tells a cancellation; the call may have left its line.
func tellCancel(ctx context.Context) {
	g := current()
	act(CancelContext, g.line, ctx.Done())
	g.line = 0
}

// Cancel calls a cancel function at a line.
func Cancel(line int, cancel context.CancelFunc) {
	current().line = line
	cancel()
}

// CancelCause calls a cancel function at a line.
func CancelCause(line int, cancel context.CancelCauseFunc, cause error) {
	current().line = line
	cancel(cause)
}
