package runner

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"

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
		WithDebugInfoEnabled(false).
		WithMemoryLimitPages(2 * memoryLimit >> 16)
	r := wazero.NewRuntimeWithConfig(ctx, config)
	if err := instantiateHost(ctx, r); err != nil {
		return nil, fmt.Errorf("instantiate the sandbox: %w", err)
	}
	ctx = experimental.WithCompilationWorkers(ctx, runtime.NumCPU())
	compiled, err := r.CompileModule(ctx, wasm)
	if err != nil {
		return nil, fmt.Errorf("compile the interpreter: %w", err)
	}
	return &sandbox{runtime: r, guest: compiled}, nil
}

// run is one program on its way through the sandbox.
type run struct {
	program Program
	clock   clock
	output  output
	verdict timeline.Recording // of a program that did not run
}

// newRun prepares a run.
func newRun(p Program) *run {
	r := &run{program: p}
	r.output.clock = &r.clock
	return r
}

// run runs a program to its end and leaves nothing of it behind. The writes
// stay in r.output.
func (s *sandbox) run(ctx context.Context, r *run) (timeline.Recording, error) {
	memory, err := reserve()
	if err != nil {
		return timeline.Recording{}, err
	}
	defer memory.Free()
	ctx = experimental.WithMemoryAllocator(ctx, memory)
	ctx = context.WithValue(ctx, runKey{}, r)
	seed := sha256.Sum256([]byte(r.program.Source))
	config := wazero.NewModuleConfig().
		WithName("").
		WithArgs(append([]string{"main"}, r.program.Args...)...).
		WithEnv("GOTRACEBACK", "none").
		WithEnv("GOMEMLIMIT", guestMemoryTarget).
		WithStdin(strings.NewReader(r.program.Stdin)).
		WithRandSource(rand.NewChaCha8(seed)).
		WithWalltime(r.clock.walltime, resolution).
		WithNanotime(r.clock.nanotime, resolution).
		WithNanosleep(r.clock.nanosleep)
	module, err := s.runtime.InstantiateModule(ctx, s.guest, config)
	if module != nil {
		_ = module.Close(ctx)
	}
	return r.recording(err, memory.refused), nil
}

// recording says how a run ended, given the error of its instance.
func (r *run) recording(err error, outOfMemory bool) timeline.Recording {
	rec := timeline.Recording{Virtual: r.clock.now}
	var stopped *stop
	var exit *sys.ExitError
	switch {
	case errors.As(err, &stopped):
		if stopped == errReport {
			return r.verdict
		}
		rec.End = timeline.End{Kind: stopped.kind}
	case err == nil:
		rec.End = timeline.End{Kind: timeline.OK}
	case errors.As(err, &exit):
		rec.End = endOf(int(exit.ExitCode()), r.output.lastWords.String())
	default:
		rec.End = trapped(err, r.output.lastWords.String())
	}
	if outOfMemory && rec.End.Kind == timeline.Panic {
		rec.End = timeline.End{Kind: timeline.Memory}
	}
	return rec
}
