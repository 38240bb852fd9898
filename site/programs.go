package site

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"runnel/render"
	"runnel/render/outcome"
	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/vault"
)

// programs runs the Go programs of a vault and keeps what came of them.
type programs struct {
	tasks   map[*vault.Snippet]*task
	results map[*vault.Snippet]runner.Result
	cached  int
	notice  string // that programs could not be run by Go
	lab     Lab    // of the pages
	// documented says that pages have the library's documentation.
	documented bool
}

// runPrograms runs every program of the vault, several at a time. An error is
// our own; what is wrong with a program is in its result.
func runPrograms(ctx context.Context, run *runner.Runner, engine runner.Engine, v *vault.Vault, told func(done, total int)) (*programs, error) {
	p := &programs{tasks: make(map[*vault.Snippet]*task)}
	todo := p.find(v)
	p.results = make(map[*vault.Snippet]runner.Result, len(todo))
	var mu sync.Mutex
	err := each(ctx, todo, func(t *task) error {
		input, err := t.input(engine)
		if err != nil {
			return err
		}
		result, err := run.Run(ctx, input)
		if err != nil {
			return fmt.Errorf("run the program at %s:%d: %w", t.Note.Path, t.Line, err)
		}
		mu.Lock()
		defer mu.Unlock()
		p.results[t.Snippet] = result
		if result.Cached {
			p.cached++
		}
		told(len(p.results), len(todo))
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.notice = p.unproven(ctx, run, engine)
	return p, nil
}

// unsure reports whether a program ran out of time, which it may have more of
// on another day.
func (p *programs) unsure() bool {
	for _, r := range p.results {
		if r.End.Kind == timeline.Timeout {
			return true
		}
	}
	return false
}

// find lists what is to run, in the order of the notes.
func (p *programs) find(v *vault.Vault) (todo []*task) {
	for _, n := range v.Notes {
		for _, s := range n.Snippets {
			if runs(s) {
				p.tasks[s] = newTask(s)
				todo = append(todo, p.tasks[s])
			}
		}
	}
	return todo
}

// unproven says, where both engines were to run the programs, why Go did not.
func (p *programs) unproven(ctx context.Context, run *runner.Runner, engine runner.Engine) string {
	if engine != runner.Both {
		return ""
	}
	for s, r := range p.results {
		if r.Engine == runner.Yaegi && r.End.Kind != timeline.Compile && s.Options.Engine == "" {
			return fmt.Sprintf("programs show what the interpreter makes of them, not what Go prints: %v", run.Exact(ctx))
		}
	}
	return ""
}

// task is that of a block.
func (p *programs) task(s *vault.Snippet) *task {
	if t := p.tasks[s]; t != nil {
		return t
	}
	return newTask(s)
}

// outcome is what stands under a program on its page.
func (p *programs) outcome(s *vault.Snippet) render.Outcome {
	result, ok := p.results[s]
	if !ok || s.Options.Output == vault.Hidden {
		return render.Outcome{}
	}
	t := p.task(s)
	rec := t.local(result.Recording)
	o := render.Outcome{
		HTML: append(outcome.After(rec, s.Position, p.earlier(t)), outcome.Orders(result.Orders)...),
	}
	o.Documented = p.documented && t.Options.Code != vault.Hidden
	if p.lab != LabNone {
		o.Job, o.Declined = p.job(t), declined(result)
	}
	if p.lab == LabGo {
		o.Exact, o.Declined = o.Declined, ""
	}
	// What a program says has its quotes escaped.
	o.Replays = bytes.Contains(o.HTML, []byte(` data-run="`))
	if rec.End.Kind != timeline.OK {
		o.Ended = outcome.Words(rec)
	}
	for _, m := range outcome.Marks(rec) {
		o.Marks = append(o.Marks, m.Line)
	}
	return o
}

// earlier is how many of a program's first writes are those of the blocks
// before, 0 where they do not run by themselves.
func (p *programs) earlier(t *task) int {
	before, ok := p.results[t.After]
	if !ok || t.program.Tests {
		return 0
	}
	after := p.results[t.Snippet]
	return outcome.Earlier(&before.Recording, &after.Recording)
}
