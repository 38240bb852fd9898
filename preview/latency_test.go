package preview

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"runnel/site"
)

// resident is the memory of this process in MB, with the browser's not.
func resident() int {
	data, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(data)) {
		var kb int
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kb); err == nil {
			return kb >> 10
		}
	}
	return 0
}

func latency(t *testing.T, ctx context.Context, dir string, edits int) {
	notes, err := filepath.Glob(filepath.Join(dir, "*", "*.md"))
	if err != nil || len(notes) == 0 {
		t.Fatal("no notes", err)
	}
	p := start(t, map[string]string{"x.md": "x"}, func(b *site.Build, s *Server) bool {
		b.Notes, s.Notes = dir, dir
		return false
	})
	r := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	first, note := 0, ""
	for i := range edits {
		if i%10 == 0 {
			note = notes[r.IntN(len(notes))]
			visit(t, ctx, p.url+addressOf(t, dir, note))
		}
		took = append(took, timeSave(t, ctx, note, fmt.Sprintf("saved%d", i)))
		if i == edits/10 {
			first = resident()
		}
	}
	slices.Sort(took)
	runtime.GC()
	t.Logf("%d saves among %d notes: median %v, 95th percentile %v, worst %v; memory %d MB after a tenth, %d MB at the end",
		edits, len(notes), took[len(took)/2], took[len(took)*95/100], took[len(took)-1], first, resident())
}

// addressOf is that of a note with a plain name.
func addressOf(t *testing.T, dir, note string) string {
	rel, err := filepath.Rel(dir, note)
	if err != nil {
		t.Fatal(err)
	}
	return "/" + strings.ReplaceAll(strings.TrimSuffix(filepath.ToSlash(rel), ".md"), " ", "-") + "/"
}

// timeSave saves a word at the end of a note, which is open, and says after
// how long its article has it. Then it takes it away again.
func timeSave(t *testing.T, ctx context.Context, note, word string) time.Duration {
	text, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	eval[bool](t, ctx, `(() => { window.seen = new Promise(done => {
		const there = () => document.querySelector('article').textContent.includes('`+word+`');
		const watch = new MutationObserver(() => there() && (watch.disconnect(), done(performance.timeOrigin + performance.now())));
		watch.observe(document.body, {subtree: true, childList: true, characterData: true});
	}); return true; })()`)
	begun := time.Now()
	if err := os.WriteFile(note, append(slices.Clip(text), "\n\nSome words "+word+" here.\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	at := eval[float64](t, ctx, `window.seen`)
	if err := os.WriteFile(note, text, 0o666); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `!document.querySelector('article').textContent.includes('`+word+`')`)
	return time.UnixMicro(int64(at * 1000)).Sub(begun)
}
