package runner

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"runnel/runner/timeline"
)

// process is a worker as seen by the process that started it. It runs one
// program at a time.
type process struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	out   *gob.Encoder
	in    *gob.Decoder
	talk  *tail // what it wrote to its standard error
}

// errDied is what a worker that ended before its time leaves behind.
var errDied = errors.New("worker died")

// startProcess starts a worker and waits until it is ready. The worker gets
// nothing of this process but the three pipes.
func startProcess(ctx context.Context, s setup, dir string) (*process, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find the tool itself: %w", err)
	}
	cmd := exec.Command(executable)
	cmd.Dir = dir
	// Two threads at least: a program in the sandbox keeps one for itself.
	cmd.Env = []string{
		workerVariable + "=1",
		fmt.Sprintf("GOMAXPROCS=%d", max(2, runtime.NumCPU())),
	}
	p := &process{cmd: cmd, talk: &tail{}}
	cmd.Stderr = p.talk
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	p.out = gob.NewEncoder(p.stdin)
	p.in = gob.NewDecoder(bufio.NewReader(stdout))
	if err := p.greet(ctx, s); err != nil {
		p.kill()
		return nil, err
	}
	return p, nil
}

// greet sets the worker up.
func (p *process) greet(ctx context.Context, s setup) error {
	unwatch := context.AfterFunc(ctx, p.stop)
	defer unwatch()
	if err := p.out.Encode(s); err != nil {
		return p.died(ctx, err)
	}
	var g greeting
	if err := p.in.Decode(&g); err != nil {
		return p.died(ctx, err)
	}
	if g.Err != "" {
		return errors.New(g.Err)
	}
	return nil
}

// run runs a program. After an error, or when the result is a timeout, the
// worker is of no more use.
func (p *process) run(
	ctx context.Context, j job, limit time.Duration,
) (rec timeline.Recording, compile sources, err error) {
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	unwatch := context.AfterFunc(timed, p.stop)
	defer unwatch()

	var writes []timeline.Write
	var virtual time.Duration
	progress := progressOf(ctx)
	if err := p.out.Encode(j); err != nil {
		return rec, sources{}, p.died(ctx, err)
	}
	for {
		var r reply
		err := p.in.Decode(&r)
		if err != nil && ctx.Err() == nil && timed.Err() != nil {
			rec.Writes, rec.Virtual = writes, virtual
			rec.End.Kind = timeline.Timeout
			return rec, sources{}, nil
		}
		if err != nil {
			return rec, sources{}, p.died(ctx, err)
		}
		for _, w := range r.Writes {
			writes = appendWrite(writes, 0, w)
		}
		virtual = r.Virtual
		if r.Err != "" {
			return rec, sources{}, errors.New(r.Err)
		}
		if !r.Done {
			progress(virtual)
			continue
		}
		r.Recording.Writes = mergeWrites(writes, r.Recording.Writes)
		return r.Recording, r.Sources, nil
	}
}

// died says why the talk with the worker ended.
func (p *process) died(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	p.kill() // after which all that it wrote is there
	if last := strings.TrimSpace(p.talk.String()); last != "" {
		return fmt.Errorf("%w: %s", errDied, last)
	}
	return fmt.Errorf("%w: %w", errDied, err)
}

// stop ends the worker without waiting for it.
func (p *process) stop() { _ = p.cmd.Process.Kill() }

// kill ends the worker and waits until nothing of it is left.
func (p *process) kill() {
	p.stop()
	_ = p.stdin.Close()
	_ = p.cmd.Wait()
}

// tail keeps the end of what is written to it.
type tail struct{ text []byte }

// tailLimit is how much a tail keeps, in bytes.
const tailLimit = 4 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if over := len(t.text) - tailLimit; over > 0 {
		t.text = t.text[over:]
	}
	return len(p), nil
}

func (t *tail) String() string { return string(t.text) }
