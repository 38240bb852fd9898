package runner

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"runnel/runner/timeline"
)

// builds makes programs into modules by the toolchain, which it opens when
// the first one needs it.
type builds struct {
	dir      string // of the cache
	inputs   inputs
	progress func(string)
	slots    chan struct{} // one for each build at a time

	mutex     sync.Mutex
	toolchain *toolchain
	err       error
}

func (b *builds) init(dir string, in inputs, progress func(string)) {
	b.dir, b.inputs, b.progress = dir, in, progress
	b.slots = make(chan struct{}, runtime.NumCPU())
}

// open returns the toolchain.
func (b *builds) open(ctx context.Context) (*toolchain, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.toolchain != nil || b.err != nil {
		return b.toolchain, b.err
	}
	t, err := openToolchain(ctx, b.dir, b.inputs, b.progress)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	b.toolchain, b.err = t, err
	return t, err
}

// build makes a module in a folder, one a core at a time.
func (b *builds) build(
	ctx context.Context, t *toolchain, dir string, what sources,
) ([]timeline.Diagnostic, error) {
	select {
	case b.slots <- struct{}{}:
		defer func() { <-b.slots }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	return t.build(ctx, dir, what)
}

// patienceWithSlow is how long a program may run in WebAssembly's
// interpreter before it is worth compiling to machine code, which takes a
// second or two.
const patienceWithSlow = 2 * time.Second

// compileAndRun runs a program by Go. The check and the rewrite are done in
// the sandbox: they, too, are work on a stranger's text.
func (r *Runner) compileAndRun(
	ctx context.Context, p Program,
) (timeline.Recording, error) {
	dir, err := os.MkdirTemp("", "runnel-program-*")
	if err != nil {
		return timeline.Recording{}, err
	}
	defer os.RemoveAll(dir)
	module, verdict, err := r.compile(ctx, p, dir)
	if err != nil || module == "" {
		return verdict, err
	}
	rec, err := r.runModule(ctx, p, module)
	rec.Vet = verdict.Vet
	return rec, err
}

// compile makes a module of a program in a folder, with the warnings of vet,
// or says why not.
func (r *Runner) compile(
	ctx context.Context, p Program, dir string,
) (module string, verdict timeline.Recording, err error) {
	tools, err := r.builds.open(ctx)
	if err != nil {
		return "", verdict, err
	}
	rec, what, err := r.do(ctx, job{
		Program: p, Task: translate, Library: tools.dir,
	}, wallLimit)
	switch {
	case err != nil:
		return "", rec, err
	case what.Source != "":
	case rec.End.Kind == timeline.Compile, rec.End.Kind == timeline.Refused:
		return "", rec, nil
	default: // the check itself came to an end
		return "", rec, &exhausted{"it is too complex to check"}
	}
	list, err := r.builds.build(ctx, tools, dir, what)
	if err != nil || len(list) > 0 {
		return "", timeline.Recording{
			End: timeline.End{Kind: timeline.Compile}, Diagnostics: list,
		}, err
	}
	return filepath.Join(dir, moduleName), timeline.Recording{Vet: rec.Vet}, nil
}

// refusal is what becomes of a program that is not run.
func refusal(why string) timeline.Recording {
	return timeline.Recording{End: timeline.End{
		Kind: timeline.Refused, Message: why,
	}}
}

// runModule runs a compiled program, slowly at first.
func (r *Runner) runModule(
	ctx context.Context, p Program, module string,
) (timeline.Recording, error) {
	j := job{Program: p, Task: stroll, Module: module}
	limit := p.limit()
	rec, _, err := r.do(ctx, j, min(limit, patienceWithSlow))
	if err != nil || rec.End.Kind != timeline.Timeout ||
		limit <= patienceWithSlow {
		return rec, err
	}
	j.Task = sprint
	rec, _, err = r.do(ctx, j, limit)
	return rec, err
}
