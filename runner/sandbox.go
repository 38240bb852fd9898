package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/sys"

	"runnel/runner/timeline"
)

// sandbox holds the compiled guest. It runs one program at a time, each in
// an instance of its own.
type sandbox struct {
	runtime wazero.Runtime
	guest   wazero.CompiledModule
	memory  *memory
}

// openSandbox compiles the guest, or loads it compiled from the cache.
func openSandbox(ctx context.Context, s setup) (*sandbox, error) {
	wasm, err := os.ReadFile(s.Guest)
	if err != nil {
		return nil, err
	}
	cache, err := wazero.NewCompilationCacheWithDir(s.Compiled)
	if err != nil {
		return nil, err
	}
	config := wazero.NewRuntimeConfig().
		WithCompilationCache(cache).
		WithDebugInfoEnabled(false)
	r := wazero.NewRuntimeWithConfig(ctx, config)
	if err := instantiateHost(ctx, r); err != nil {
		return nil, fmt.Errorf("instantiate the sandbox: %w", err)
	}
	ctx = experimental.WithCompilationWorkers(ctx, runtime.NumCPU())
	compiled, err := r.CompileModule(ctx, wasm)
	if err != nil {
		return nil, fmt.Errorf("compile the interpreter: %w", err)
	}
	memory, err := newMemory()
	return &sandbox{runtime: r, guest: compiled, memory: memory}, err
}

// run is one program on its way through the sandbox.
type run struct {
	program Program
	clock   clock
	output  output
	events  events
	verdict timeline.Recording // of a program that did not run
}

// newRun prepares a run.
func newRun(p Program) *run {
	r := &run{program: p}
	r.output.clock = &r.clock
	r.events.clock, r.events.order = &r.clock, &r.output.order
	return r
}

// run runs a program to its end and leaves nothing of it behind. The writes
// stay in r.output.
func (s *sandbox) run(ctx context.Context, r *run) (timeline.Recording, error) {
	if err := s.memory.clean(); err != nil {
		return timeline.Recording{}, err
	}
	ctx = experimental.WithMemoryAllocator(ctx, s.memory)
	ctx = context.WithValue(ctx, runKey{}, r)
	config := wazero.NewModuleConfig().
		WithName("").
		WithArgs(append([]string{"main"}, r.program.Args...)...).
		WithEnv("GOTRACEBACK", "none").
		WithEnv("GOMEMLIMIT", guestMemoryTarget).
		WithStdin(strings.NewReader(r.program.Stdin)).
		WithRandSource(newRandom(r.program.Source, r.program.Seed)).
		WithWalltime(r.clock.walltime, resolution).
		WithNanotime(r.clock.nanotime, resolution).
		WithNanosleep(r.clock.nanosleep)
	module, err := s.runtime.InstantiateModule(ctx, s.guest, config)
	if module != nil {
		_ = module.Close(ctx)
	}
	return r.recording(err, s.memory.refused)
}

// panicPause is how long Go's runtime waits, before it words a panic, for
// threads that WebAssembly does not have.
const panicPause = 2 * time.Millisecond

// recording says how a run ended, given the error of its instance.
func (r *run) recording(
	err error, outOfMemory bool,
) (timeline.Recording, error) {
	rec := timeline.Recording{Virtual: r.clock.now}
	if words := r.output.lastWords.String(); words != "" {
		rec.Virtual = r.output.lastAt
		if strings.HasPrefix(words, "panic: ") {
			rec.Virtual -= panicPause
		}
	}
	var stopped *stop
	var exit *sys.ExitError
	switch {
	case errors.As(err, &stopped):
		if stopped == errReport {
			return r.verdict, nil
		}
		rec.End = timeline.End{Kind: stopped.kind}
	case err == nil:
		rec.End = timeline.End{Kind: timeline.OK}
	case errors.As(err, &exit):
		rec.End = timeline.EndOf(
			int(exit.ExitCode()), r.output.lastWords.String())
	case isTrap(err):
		rec.End = trapped(err, r.output.lastWords.String())
	default:
		return rec, fmt.Errorf("start the interpreter: %w", err)
	}
	if outOfMemory && rec.End.Kind == timeline.Panic {
		rec.End.Kind = timeline.Memory
	}
	r.events.finish(&rec, r.program.steps())
	return rec, nil
}

// isTrap tells an end that WebAssembly made from a guest that could not even
// start. Wazero does not export its traps.
func isTrap(err error) bool {
	message := err.Error()
	return strings.Contains(message, "wasm stack trace") ||
		strings.Contains(message, "stack overflow")
}

// trapped words an end that WebAssembly itself made: the guest ran out of
// the machine's stack, or its runtime gave up in the middle of a crash.
func trapped(err error, lastWords string) timeline.End {
	if lastWords != "" {
		return timeline.EndOf(2, lastWords)
	}
	message, _, _ := strings.Cut(err.Error(), "\n")
	if strings.Contains(message, "stack overflow") {
		message = "fatal error: stack overflow"
	}
	return timeline.End{Kind: timeline.Panic, Code: 2, Message: message}
}
