package runner

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
)

// errClosed is what a closed runner answers.
var errClosed = errors.New("run a program: Runner is closed")

// pool is the workers of a runner.
type pool struct {
	dir      string // of the cache
	inputs   inputs
	progress func(string)

	// slots holds a place for each worker there may be.
	slots chan struct{}
	// starting is held while the guest or its compiled code are made, so
	// that this happens once.
	starting sync.Mutex

	mutex  sync.Mutex
	idle   []*process
	busy   map[*process]bool
	closed bool
}

// init sets the pool up. It starts nothing.
func (p *pool) init(
	dir string, workers int, in inputs, progress func(string),
) {
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	p.dir, p.inputs, p.progress = dir, in, progress
	if p.progress == nil {
		p.progress = func(string) {}
	}
	p.slots = make(chan struct{}, workers)
	p.busy = map[*process]bool{}
}

// take waits for a worker that has nothing to do. It must be given back.
func (p *pool) take(ctx context.Context) (*process, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	worker, err := p.takeIdle()
	if worker == nil && err == nil {
		worker, err = p.start(ctx)
	}
	if err != nil {
		<-p.slots
		return nil, err
	}
	return worker, nil
}

// takeIdle returns an idle worker, or nil if there is none.
func (p *pool) takeIdle() (*process, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.closed {
		return nil, errClosed
	}
	last := len(p.idle) - 1
	if last < 0 {
		return nil, nil
	}
	worker := p.idle[last]
	p.idle = p.idle[:last]
	p.busy[worker] = true
	return worker, nil
}

// start makes what a worker needs and starts it.
func (p *pool) start(ctx context.Context) (*process, error) {
	s, err := p.prepare(ctx)
	if err != nil {
		return nil, err
	}
	worker, err := startProcess(ctx, s, p.dir)
	if err != nil {
		return nil, err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.closed {
		worker.kill()
		return nil, errClosed
	}
	p.busy[worker] = true
	return worker, nil
}

// prepare makes the guest and its compiled code where they are missing or
// damaged.
func (p *pool) prepare(ctx context.Context) (setup, error) {
	p.starting.Lock()
	defer p.starting.Unlock()
	guest, err := p.guest(ctx)
	if err != nil {
		return setup{}, err
	}
	sum, err := sealOf(guest)
	if err != nil {
		return setup{}, err
	}
	s := setup{
		Guest: filepath.Join(guest, guestName),
		Compiled: filepath.Join(p.dir,
			"compiled-"+sum+"-"+wazeroVersion()+"-"+runtime.GOARCH),
	}
	err = ensureSealed(ctx, s.Compiled, func(dir string) error {
		p.progress("compiling the interpreter (once, some seconds)")
		worker, err := startProcess(ctx,
			setup{Guest: s.Guest, Compiled: dir}, p.dir)
		if err == nil {
			worker.kill()
		}
		return err
	})
	return s, err
}

// wazeroVersion is the version that wazero takes itself for. It asks the
// executable, and the executable of a test says nothing. Two versions must
// not share a folder.
func wazeroVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == hostModules[0] {
				return module.Version
			}
		}
	}
	return "dev"
}

// give takes a worker back. One that is of no more use is ended.
func (p *pool) give(worker *process, useful bool) {
	p.mutex.Lock()
	delete(p.busy, worker)
	if useful = useful && !p.closed; useful {
		p.idle = append(p.idle, worker)
	}
	p.mutex.Unlock()
	if !useful {
		worker.kill()
	}
	<-p.slots
}

// close ends all workers and waits for those that were idle; the others are
// waited for by who gives them back.
func (p *pool) close() {
	p.mutex.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	for worker := range p.busy {
		worker.stop()
	}
	p.mutex.Unlock()
	for _, worker := range idle {
		worker.kill()
	}
}
