package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/sys"

	"runnel/runner/record"
	"runnel/runner/timeline"
)

// sandbox holds the compiled guest. It runs one program at a time, each in
// an instance of its own.
type sandbox struct {
	runtime wazero.Runtime
	guest   wazero.CompiledModule
	modules modules
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

// verdict is what the guest reports of a program that it did not run.
type verdict struct {
	timeline.Recording
	sources // of translate
}

// run is one program on its way through the sandbox.
type run struct {
	job     job
	program Program
	clock   clock
	output  output
	events  events
	library library
	verdict verdict
}

// newRun prepares a run.
func newRun(j job) *run {
	r := &run{job: j, program: j.Program, library: library{dir: j.Library}}
	r.output.mixed = r.compiled()
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
	within, what, err := s.moduleFor(ctx, r.job)
	if err != nil {
		return timeline.Recording{}, err
	}
	if wantsTooMuch(what) {
		return timeline.Recording{End: timeline.End{
			Kind: timeline.Memory, Code: 2,
			Message: "fatal error: out of memory",
		}}, nil
	}
	config := wazero.NewModuleConfig().
		WithName("").
		WithArgs(append([]string{"main"}, r.program.Args...)...).
		WithEnv("GOTRACEBACK", r.traceback()).
		WithEnv("GOMEMLIMIT", guestMemoryTarget).
		WithStdin(strings.NewReader(r.program.Stdin)).
		WithRandSource(newRandom(r.program.Source, r.program.Seed)).
		WithWalltime(r.clock.walltime, resolution).
		WithNanotime(r.clock.nanotime, resolution).
		WithNanosleep(r.clock.nanosleep)
	module, err := within.InstantiateModule(ctx, what, config)
	if module != nil {
		_ = module.Close(ctx)
	}
	return r.recording(err, s.memory.refused)
}

// wantsTooMuch says that a module needs more memory to begin with than there
// is: its variables alone are too large.
func wantsTooMuch(what wazero.CompiledModule) bool {
	const page = 64 << 10
	for _, m := range what.ExportedMemories() {
		if uint64(m.Min())*page > memoryLimit {
			return true
		}
	}
	return false
}

// moduleFor is what a job runs, and the runtime that it is compiled for.
func (s *sandbox) moduleFor(
	ctx context.Context, j job,
) (wazero.Runtime, wazero.CompiledModule, error) {
	if j.Module == "" {
		return s.runtime, s.guest, nil
	}
	return s.modules.open(ctx, j.Module, j.Task == sprint)
}

// compiled says that the run is of a compiled program, not of the guest.
func (r *run) compiled() bool { return r.job.Module != "" }

// traceback is how much Go's runtime is to say of a crash. The stack of the
// guest is the interpreter's; that of a compiled program says at which line.
func (r *run) traceback() string {
	if r.compiled() {
		return "single"
	}
	return "none"
}

// recording says how a run ended, given the error of its instance.
func (r *run) recording(
	err error, outOfMemory bool,
) (timeline.Recording, error) {
	status := exitStatus(err)
	r.output.partWords(status == 2)
	seen := record.Run{
		Writes: r.output.printed, Steps: r.program.steps(),
		Now: r.clock.now, Status: status, Refused: outOfMemory,
		Words: []byte(r.output.lastWords.String()), WordsAt: r.output.lastAt,
		Compiled: r.compiled(),
	}
	r.events.of(&seen)
	var stopped *stop
	switch {
	case errors.As(err, &stopped):
		if stopped == errReport {
			return r.verdict.Recording, nil
		}
		seen.Stopped = stopped.kind
	case status >= 0:
	case isTrap(err):
		seen.Trap = err.Error()
	default:
		return timeline.Recording{},
			fmt.Errorf("start the interpreter: %w", err)
	}
	return seen.Recording(), nil
}

// exitStatus is the status with which a program exited, -1 if it was ended
// otherwise.
func exitStatus(err error) int {
	var exit *sys.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return int(exit.ExitCode())
	}
	return -1
}

// isTrap tells an end that WebAssembly made from a guest that could not even
// start. Wazero does not export its traps.
func isTrap(err error) bool {
	message := err.Error()
	return strings.Contains(message, "wasm stack trace") ||
		strings.Contains(message, "stack overflow")
}
