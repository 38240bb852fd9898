package runner

import (
	"bufio"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// workerVariable is the environment variable that makes the tool a worker.
const workerVariable = "RUNNEL_WORKER"

// confinedTool is the variable's value that makes the tool become another
// one, which its arguments name, under limits.
const confinedTool = "confine"

// reportEvery is how often a worker passes on what a running program wrote,
// so that it is not lost when the worker is killed, and what its clock shows.
const reportEvery = 25 * time.Millisecond

// collectEvery is how many programs a worker runs between two collections
// of its garbage, some 1 MB a program.
const collectEvery = 25

// hooked says that this process would become a worker if asked to.
var hooked atomic.Bool

// ServeIfWorker makes the process a worker if a [Runner] started it as one:
// it then runs programs until its standard input ends, and exits. Otherwise
// it returns at once. A Runner starts the executable it is part of, so main
// must call ServeIfWorker before anything else, and so must TestMain of a
// package whose tests run programs:
//
//	func main() {
//		runner.ServeIfWorker()
//		...
//	}
func ServeIfWorker() {
	hooked.Store(true)
	var err error
	switch os.Getenv(workerVariable) {
	case "":
		return
	case confinedTool:
		err = confine(os.Args[1:])
	default:
		err = serve(os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serve is the life of a worker.
func serve(stdin io.Reader, stdout io.Writer) error {
	ctx := context.Background()
	in := gob.NewDecoder(bufio.NewReader(stdin))
	out := gob.NewEncoder(stdout)
	var s setup
	if err := in.Decode(&s); err != nil {
		return fmt.Errorf("read the setup: %w", err)
	}
	box, err := openSandbox(ctx, s)
	if err != nil {
		return out.Encode(greeting{Err: err.Error()})
	}
	if err := out.Encode(greeting{}); err != nil {
		return err
	}
	served := 0
	for j := range jobs(in) {
		if err := serveJob(ctx, box, j, out); err != nil {
			return err
		}
		if served++; served%collectEvery == 0 {
			runtime.GC()
		}
	}
	return nil
}

// jobs reads what there is to do. When the input ends, the process that
// wanted the results is gone, and so is the worker, at once, even in the
// middle of a program.
func jobs(in *gob.Decoder) <-chan job {
	c := make(chan job)
	go func() {
		for {
			var j job
			if in.Decode(&j) != nil {
				os.Exit(0)
			}
			c <- j
		}
	}()
	return c
}

// serveJob does one job. Its goroutine is deaf to Go's scheduler
// while the program computes; a garbage collection would wait for it and
// stop all others, among them the one that ends an orphaned worker. So there
// is none meanwhile.
func serveJob(
	ctx context.Context, box *sandbox, j job, out *gob.Encoder,
) error {
	percent := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(percent)
	r := newRun(j)
	stop := r.reportRegularly(out)
	rec, err := box.run(ctx, r)
	stop()
	last := reply{
		Done: true, Writes: r.output.take(),
		Virtual: rec.Virtual, Recording: rec, Sources: r.verdict.sources,
	}
	if err != nil {
		last.Err = err.Error()
	}
	return out.Encode(last)
}

// reportRegularly passes on writes and the clock until the function that it
// returns is called.
func (r *run) reportRegularly(out *gob.Encoder) (stop func()) {
	done := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		ticker := time.NewTicker(reportEvery)
		defer ticker.Stop()
		var told time.Duration
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
			}
			writes := r.output.take()
			now := time.Duration(r.clock.seen.Load())
			if len(writes) == 0 && now == told {
				continue
			}
			// A broken pipe ends the worker elsewhere.
			_ = out.Encode(reply{Writes: writes, Virtual: now})
			told = now
		}
	})
	return func() {
		close(done)
		group.Wait()
	}
}
