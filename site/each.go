package site

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls f for every item, on all cores, and gives back the error of the
// first item that has one. It begins nothing more after an error, or once ctx
// is done.
func each[T any](ctx context.Context, items []T, f func(T) error) error {
	errs := make([]error, len(items))
	var next, stop atomic.Int64
	var all sync.WaitGroup
	for range min(2*runtime.GOMAXPROCS(0), len(items)) {
		all.Go(func() {
			for stop.Load() == 0 && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				if errs[i] = f(items[i]); errs[i] != nil {
					stop.Store(1)
				}
			}
		})
	}
	all.Wait()
	if err := firstOf(errs); err != nil {
		return err
	}
	return ctx.Err()
}

// allOf calls functions at once, and gives back the error of the first that has
// one: where a disk is full they all say so.
func allOf(all ...func() error) error {
	errs, calls := make([]error, len(all)), make([]func(), len(all))
	for i, f := range all {
		calls[i] = func() { errs[i] = f() }
	}
	together(calls...)
	return firstOf(errs)
}

// together calls functions at once.
func together(all ...func()) {
	var wait sync.WaitGroup
	for _, f := range all {
		wait.Go(f)
	}
	wait.Wait()
}

func firstOf(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
