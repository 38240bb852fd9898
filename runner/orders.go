package runner

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"

	"runnel/runner/timeline"
)

// orderSteps is how many steps all further orders of a program may take
// together, so that a long program is tried in fewer. It is counted in steps,
// not in time: every machine must try as many.
const orderSteps = 2_000_000

// tryOrders runs a program under other seeds and tells the outcomes apart.
// They move what Go leaves open: which goroutine runs, which case a select
// takes, the order of a map, random numbers.
func (r *Runner) tryOrders(
	ctx context.Context, p Program, first Result,
) (Result, error) {
	seeds := min(int64(p.Orders),
		orderSteps/max(first.Steps, 1), maxOrders)
	if seeds == 0 || !varies(p, first.Recording) {
		return first, nil
	}
	ctx = WithProgress(ctx, nil)
	p.Engine = first.Engine
	alike, err := r.interpretsAlike(ctx, p, first)
	if err != nil {
		return first, err
	}
	if alike {
		p.Engine = Yaegi // which needs no compiler
	}
	tried := &orderTrial{runner: r, program: p}
	defer tried.close()
	first.Orders = []timeline.Order{{Count: 1, Recording: first.Recording}}
	few := min(alikeOrders, seeds)
	first.Orders, err = tried.add(ctx, first.Orders, 1, few)
	if err != nil || len(first.Orders) == 1 {
		return first, err
	}
	first.Orders, err = tried.add(ctx, first.Orders, few+1, seeds)
	return first, err
}

// interpretsAlike says that the interpreter did all that Go did, to the last
// word of a crash.
func (r *Runner) interpretsAlike(
	ctx context.Context, p Program, first Result,
) (bool, error) {
	if first.Interpreted != Agrees {
		return false, nil
	}
	p.Engine = Yaegi
	result, err := r.runCached(ctx, p)
	return err == nil && result.End.Message == first.End.Message, err
}

const (
	// maxOrders bounds Program.Orders.
	maxOrders = 15
	// alikeOrders is after how many orders with one outcome the search ends.
	alikeOrders = 7
)

// varies says that there may be more than one outcome. A program that did
// not run to an end of its own has none to compare.
func varies(p Program, rec timeline.Recording) bool {
	switch rec.End.Kind {
	case timeline.OK, timeline.Exit, timeline.Failed, timeline.Panic, timeline.Deadlock:
	default:
		return false
	}
	if strings.Contains(p.Source, "*testing.B") {
		// Benchmarks count what maps take, which is a little more or less.
		return false
	}
	return concurrent(rec) || strings.Contains(p.Source, "/rand") ||
		strings.Contains(p.Source, "map[") ||
		strings.Contains(p.Source, "maphash")
}

// addOrder counts an outcome.
func addOrder(
	list []timeline.Order, seed uint64, rec timeline.Recording,
) []timeline.Order {
	for i := range list {
		if sameOutcome(list[i].Recording, rec) {
			list[i].Count++
			return list
		}
	}
	return append(list, timeline.Order{Seed: seed, Count: 1, Recording: rec})
}

// sameOutcome says that a reader of two runs' output could not tell them
// apart.
func sameOutcome(a, b timeline.Recording) bool {
	return a.End.Kind == b.End.Kind && a.End.Code == b.End.Code &&
		a.End.Message == b.End.Message &&
		textOf(a, timeline.Stdout) == textOf(b, timeline.Stdout) &&
		textOf(a, timeline.Stderr) == textOf(b, timeline.Stderr)
}

// orderTrial runs a program under several seeds. It compiles it once, when
// the first result is not there.
type orderTrial struct {
	runner  *Runner
	program Program
	dir     string
	module  string
}

// add runs the program under the seeds from one to another and adds what came
// of it. The interpreter does so at once, as far as there are workers; a
// module is made ready by one of them and used again.
func (t *orderTrial) add(
	ctx context.Context, list []timeline.Order, from, to int64,
) ([]timeline.Order, error) {
	n := max(0, to-from+1)
	recs, errs := make([]timeline.Recording, n), make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		run := func() { recs[i], errs[i] = t.run(ctx, uint64(from+i)) }
		if t.program.Engine == Go {
			run()
		} else {
			wg.Go(run)
		}
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return list, err
	}
	for i, rec := range recs {
		if rec.End.Kind != timeline.Timeout {
			list = addOrder(list, uint64(from)+uint64(i), rec)
		}
	}
	return list, nil
}

// run runs the program under a seed, or finds its result.
func (t *orderTrial) run(
	ctx context.Context, seed uint64,
) (timeline.Recording, error) {
	p := t.program
	p.Seed = seed
	if p.Engine != Go {
		result, err := t.runner.runCached(ctx, p)
		return result.Recording, err
	}
	results := &t.runner.results
	if rec, ok := results.get(results.key(p)); ok {
		return rec, nil
	}
	if err := t.compile(ctx); err != nil {
		return timeline.Recording{}, err
	}
	// Machine code is made once and used many times.
	rec, _, err := t.runner.do(ctx,
		job{Program: p, Task: sprint, Module: t.module}, p.limit())
	if err != nil || rec.End.Kind == timeline.Timeout {
		return rec, err
	}
	return rec, results.put(results.key(p), rec)
}

// compile makes the module, once.
func (t *orderTrial) compile(ctx context.Context) (err error) {
	if t.module != "" {
		return nil
	}
	if t.dir, err = os.MkdirTemp("", "runnel-program-*"); err != nil {
		return err
	}
	p := t.program
	p.Seed = 1 // any but zero: see rewrite.Options.Updates
	t.module, _, err = t.runner.compile(ctx, p, t.dir)
	return err
}

func (t *orderTrial) close() {
	if t.dir != "" {
		_ = os.RemoveAll(t.dir)
	}
}
