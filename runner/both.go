package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"runnel/runner/timeline"
)

// runBoth runs a program by both engines. Without a toolchain the result is
// the interpreter's; [Runner.Exact] says why.
func (r *Runner) runBoth(ctx context.Context, p Program) (Result, error) {
	p.Engine = Yaegi
	y, err := r.runCached(ctx, p)
	if err != nil || y.End.Kind == timeline.Compile {
		return y, err
	}
	p.Engine = Go
	if !r.results.has(p) && r.Exact(ctx) != nil {
		return y, ctx.Err()
	}
	g, err := r.runCached(ctx, p)
	if err != nil {
		return g, err
	}
	g.Cached = g.Cached && y.Cached
	g.Real += y.Real
	if g.End.Kind == timeline.Refused {
		if y.End.Kind == timeline.Refused {
			g.Interpreted, g.Difference = Declines, y.End.Message
		}
		return g, nil
	}
	g.Interpreted, g.Difference = compare(y.Recording, g.Recording)
	if g.Interpreted == Differs {
		open, err := r.leftOpen(ctx, p, g)
		if err != nil {
			return g, err
		}
		if open {
			g.Interpreted, g.Difference = Agrees, ""
		}
	}
	return g, nil
}

// leftOpen says that Go itself prints something else under another seed: then
// what the interpreter prints is as good.
func (r *Runner) leftOpen(
	ctx context.Context, p Program, first Result,
) (bool, error) {
	p.Orders = 3
	tried, err := r.tryOrders(ctx, p, first)
	if err != nil || len(tried.Orders) == 0 {
		return false, err
	}
	for _, o := range tried.Orders[1:] {
		if how, _ := compare(o.Recording, first.Recording); how == Differs {
			return true, nil
		}
	}
	return false, nil
}

// runGo runs a program by Go alone. Without a toolchain it is refused.
func (r *Runner) runGo(ctx context.Context, p Program) (Result, error) {
	if !r.results.has(p) {
		if err := r.Exact(ctx); ctx.Err() != nil {
			return Result{}, context.Cause(ctx)
		} else if err != nil {
			return Result{
				Recording: refusal("there is no Go toolchain to compile it"),
				Engine:    Go,
			}, nil
		}
	}
	return r.runCached(ctx, p)
}

// Exact says why programs cannot be run by Go, nil if they can. The first
// call may take some seconds, in which the library is compiled.
func (r *Runner) Exact(ctx context.Context) error {
	r.once.Do(func() { r.initErr = r.init(ctx) })
	if r.initErr != nil {
		return r.initErr
	}
	_, err := r.builds.open(ctx)
	return err
}

// compare says how the interpreter did, measured by Go.
func compare(yaegi, golang timeline.Recording) (Interpreted, string) {
	if yaegi.End.Kind == timeline.Refused {
		return Declines, yaegi.End.Message
	}
	for _, stream := range []timeline.Stream{
		timeline.Stdout, timeline.Stderr,
	} {
		got, want := textOf(yaegi, stream), textOf(golang, stream)
		if got == want || concurrent(golang) && sameLines(got, want) {
			continue
		}
		return Differs, firstDifference(got, want)
	}
	got, want := yaegi.End, golang.End
	switch {
	case got.Kind != want.Kind || got.Code != want.Code:
		return Differs, fmt.Sprintf(
			"the interpreter ends with %s, Go with %s", got.Kind, want.Kind)
	case got.Message != want.Message && !hedges(got.Message):
		return Differs, fmt.Sprintf(
			"the interpreter says %q, Go says %q", got.Message, want.Message)
	}
	return Agrees, ""
}

// hedges reports whether the interpreter says of a crash that it does not
// know all of Go's words.
func hedges(message string) bool {
	return strings.Contains(message, "(the interpreter cannot ") ||
		strings.Contains(message, "(a value the interpreter cannot ")
}

// textOf is what a program wrote to a stream.
func textOf(rec timeline.Recording, stream timeline.Stream) string {
	var b strings.Builder
	for _, w := range rec.Writes {
		if w.Stream == stream {
			b.Write(w.Text)
		}
	}
	return b.String()
}

// concurrent says that a program has more than one goroutine: then Go
// promises no order among the lines of different ones.
func concurrent(rec timeline.Recording) bool {
	return slices.ContainsFunc(rec.Events, func(e timeline.Event) bool {
		return e.Kind == timeline.Create
	})
}

// sameLines says that two texts have the same lines in some order.
func sameLines(a, b string) bool {
	return slices.Equal(slices.Sorted(strings.Lines(a)),
		slices.Sorted(strings.Lines(b)))
}

// firstDifference words the first line in which two outputs differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			return fmt.Sprintf("at line %d of the output the interpreter "+
				"is done, Go goes on with %q", i+1, w[i])
		case i >= len(w):
			return fmt.Sprintf("at line %d of the output Go is done, "+
				"the interpreter goes on with %q", i+1, g[i])
		case g[i] != w[i]:
			return fmt.Sprintf("at line %d of the output the interpreter "+
				"prints %q, Go prints %q", i+1, g[i], w[i])
		}
	}
	return "the interpreter ends its output otherwise than Go"
}
