package runner

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
)

// modules makes compiled programs ready to run. It keeps the last one: other
// schedules of a program follow each other.
type modules struct {
	slow, fast wazero.Runtime

	file    string
	sprints bool
	last    wazero.CompiledModule
}

// open returns the program in a file, and the runtime that it is for. A
// WebAssembly interpreter is ready at once; machine code takes longer to make
// than most programs take to run.
func (m *modules) open(
	ctx context.Context, file string, sprints bool,
) (wazero.Runtime, wazero.CompiledModule, error) {
	in, err := m.runtime(ctx, sprints)
	if err != nil {
		return nil, nil, err
	}
	if m.last != nil && m.file == file && m.sprints == sprints {
		return in, m.last, nil
	}
	if m.last != nil {
		_ = m.last.Close(ctx)
		m.last = nil
	}
	wasm, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	ctx = experimental.WithCompilationWorkers(ctx, runtime.NumCPU())
	if m.last, err = in.CompileModule(ctx, wasm); err != nil {
		return nil, nil, fmt.Errorf("load a compiled program: %w", err)
	}
	m.file, m.sprints = file, sprints
	return in, m.last, nil
}

// runtime is the one for slow or fast programs, made when first needed.
func (m *modules) runtime(
	ctx context.Context, sprints bool,
) (wazero.Runtime, error) {
	in, config := &m.slow, wazero.NewRuntimeConfigInterpreter()
	if sprints {
		in, config = &m.fast, wazero.NewRuntimeConfig()
	}
	if *in != nil {
		return *in, nil
	}
	r := wazero.NewRuntimeWithConfig(ctx, config.WithDebugInfoEnabled(false))
	if err := instantiateHost(ctx, r); err != nil {
		return nil, fmt.Errorf("instantiate the sandbox: %w", err)
	}
	*in = r
	return r, nil
}
