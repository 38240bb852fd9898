// Package runner runs Go programs in a sandbox and says what happened.
//
// A [Runner] runs a [Program] and returns a [Result]. The program is
// type-checked and interpreted inside WebAssembly, in a worker process: it
// has no files, no network and no environment, a clock of its own that jumps
// when it sleeps, and bounded time, memory and output. The same program
// gives the same recording on every machine, so results are kept in a cache.
// An [Engine] that is exact compiles the program with the local Go toolchain
// and runs it in the same sandbox.
//
// What a program does wrong is in its result. An error of this package is
// the runner's own failure: no Go to compile the interpreter with, a worker
// that cannot start, a folder that cannot be written.
//
// It does not find programs in notes and does not draw results.
package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"runnel/runner/timeline"
)

// Program is one Go program to run.
type Program struct {
	Source  string        // one file of package main
	Args    []string      // after the program's name
	Stdin   string        // its standard input
	Timeout time.Duration // of real time; zero means 10 s
	// Seed chooses among the orders in which goroutines can run: it moves
	// the runtime's random choices and lets others run in between. Zero is
	// the order that a page shows.
	Seed uint64
	// Steps is how many loops and calls the program may make; zero means as
	// many as the limit has.
	Steps int64
	// Unwatched programs have no events.
	Unwatched bool
	Engine    Engine
	// Orders is how many other orders of its goroutines to try, at most.
	Orders int
}

// Result is what happened.
type Result struct {
	timeline.Recording
	// Real is how much real time the run took. It differs from run to run,
	// so it never reaches a page.
	Real time.Duration
	// Cached says that the program did not run now.
	Cached bool
	// Engine is the one that made the recording: Yaegi or Go.
	Engine      Engine
	Interpreted Interpreted
	// Difference is what the interpreter did otherwise, in a line of text.
	Difference string
	// Orders are the outcomes that the program had when it was asked for other
	// orders, each once: the first is that of the recording above, and the
	// only one where all were alike. None where no order was tried.
	Orders []timeline.Order
}

// Runner runs programs in worker processes, which it starts when they are
// needed. Its methods may be called by several goroutines at once; its fields
// must not change after the first call. Close it after use.
type Runner struct {
	// CacheDir is where the interpreter, its compiled code and the results
	// are kept from one run of the tool to the next. It is made if missing.
	CacheDir string // required
	// ResultDir is where the results are kept if not in CacheDir.
	ResultDir string
	// Workers is how many programs run at once; zero means one a core.
	Workers int
	// Progress, if not nil, is told when something takes long. It may be
	// called by several goroutines at once.
	Progress func(message string)

	once    sync.Once
	initErr error
	inputs  inputs
	results resultCache
	pool    pool
	builds  builds
}

// attempts is how many workers may die of one program.
const attempts = 3

// Run runs a program, or finds its result in the cache: then it needs no
// worker.
func (r *Runner) Run(ctx context.Context, p Program) (Result, error) {
	if !hooked.Load() {
		return Result{}, errors.New(
			"run a program: main does not call runner.ServeIfWorker")
	}
	r.once.Do(func() { r.initErr = r.init(ctx) })
	if r.initErr != nil {
		return Result{}, r.initErr
	}
	if err := ctx.Err(); err != nil {
		return Result{}, context.Cause(ctx)
	}
	run := r.runCached
	switch p.Engine {
	case Both:
		run = r.runBoth
	case Go:
		run = r.runGo
	}
	result, err := run(ctx, p)
	var gaveUp *exhausted
	if errors.As(err, &gaveUp) {
		return Result{
			Recording: refusal(gaveUp.why), Engine: p.Engine,
		}, nil
	}
	if err != nil || p.Orders == 0 {
		return result, err
	}
	tried, err := r.tryOrders(ctx, p, result)
	if errors.As(err, &gaveUp) {
		return result, nil
	}
	return tried, err
}

// exhausted is a program that the sandbox or the compiler does not survive.
// That may be their flaw, but a note must not end a build. It may also be a
// slow machine, so it is not cached.
type exhausted struct{ why string }

func (e *exhausted) Error() string { return e.why }

// runCached runs a program by one engine, if its result is not there.
func (r *Runner) runCached(ctx context.Context, p Program) (Result, error) {
	key := r.results.key(p)
	if rec, ok := r.results.get(key); ok {
		return Result{Recording: rec, Cached: true, Engine: p.Engine}, nil
	}
	run := r.interpret
	if p.Engine == Go {
		run = r.compileAndRun
	}
	start := time.Now()
	rec, err := run(ctx, p)
	result := Result{
		Recording: rec, Real: time.Since(start), Engine: p.Engine,
	}
	if err != nil || rec.End.Kind == timeline.Timeout {
		return result, err
	}
	if err := r.results.put(key, rec); err != nil {
		return Result{}, fmt.Errorf("keep a result: %w", err)
	}
	return result, nil
}

// Inputs names all that a result depends on beside the program: another name
// means that programs must run again.
func (r *Runner) Inputs(ctx context.Context) (string, error) {
	r.once.Do(func() { r.initErr = r.init(ctx) })
	return r.inputs.host, r.initErr
}

// init reads what the results depend on.
func (r *Runner) init(ctx context.Context) error {
	if r.CacheDir == "" {
		return errors.New("run a program: Runner has no CacheDir")
	}
	dir, err := filepath.Abs(r.CacheDir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make the cache: %w", err)
	}
	if r.inputs, err = readInputs(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	results := r.ResultDir
	if results == "" {
		results = filepath.Join(dir, "results-"+r.inputs.host)
		touch(results)
	}
	r.results = resultCache{dir: results, host: r.inputs.host}
	r.pool.init(dir, r.Workers, r.inputs, r.Progress)
	r.builds.init(dir, r.inputs, r.pool.progress)
	return nil
}

// interpret runs a program in the guest.
func (r *Runner) interpret(
	ctx context.Context, p Program,
) (timeline.Recording, error) {
	rec, _, err := r.do(ctx, job{Program: p}, p.limit())
	return rec, err
}

// limit is how much real time a program is given.
func (p Program) limit() time.Duration {
	if p.Timeout > 0 {
		return p.Timeout
	}
	return wallLimit
}

// do has a worker do a job, and another one if that dies.
func (r *Runner) do(
	ctx context.Context, j job, limit time.Duration,
) (timeline.Recording, sources, error) {
	var died error
	for range attempts {
		worker, err := r.pool.take(ctx)
		if err != nil {
			return timeline.Recording{}, sources{}, err
		}
		rec, compile, err := worker.run(ctx, j, limit)
		r.pool.give(worker, err == nil && rec.End.Kind != timeline.Timeout)
		if err == nil {
			return rec, compile, nil
		}
		if !errors.Is(err, errDied) {
			return timeline.Recording{}, sources{}, err
		}
		died = err
	}
	why, _, _ := strings.Cut(died.Error(), "\n")
	return timeline.Recording{}, sources{},
		&exhausted{"the sandbox does not survive it: " + why}
}

// Close ends the workers. Programs that still run end with an error.
func (r *Runner) Close() error {
	r.once.Do(func() { r.initErr = errClosed })
	r.pool.close()
	return nil
}
