package runner

import (
	"bytes"
	"slices"
	"strings"

	"runnel/runner/timeline"
)

// A compiled program's builtins print and println write where Go's runtime
// does when the program dies. The runtime prints word by word, and its words
// are the last, so they can be told apart once the program has ended.

// print adds what print, println or the runtime wrote.
func (o *output) print(text []byte) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	room := outputLimit - o.size
	kept := text[:min(len(text), room)]
	if len(kept) > 0 {
		o.size += len(kept)
		o.printed = append(o.printed, timeline.Write{
			Seq: o.order.next(), At: o.clock.now, G: o.order.running(),
			Stream: timeline.Stderr, Text: bytes.Clone(kept),
		})
	}
	if len(kept) < len(text) {
		panic(errOutput)
	}
}

// partWords moves the runtime's last words, if the program died, from
// printed to lastWords.
func (o *output) partWords(died bool) {
	if !o.mixed || !died {
		return
	}
	from := deathIn(o.printed)
	if from < 0 {
		return
	}
	o.lastAt = o.printed[from].At
	for _, w := range o.printed[from:] {
		o.lastWords.Write(w.Text)
	}
	o.printed = o.printed[:from]
}

// deathIn is where the runtime's last words begin, -1 if there are none. A
// panic on the way out of a panic is behind a tab; a word on the reason may
// stand before a fatal error.
func deathIn(list []timeline.Write) int {
	from := -1
	for i, w := range list {
		switch string(w.Text) {
		case "panic: ":
			if i == 0 || string(list[i-1].Text) != "\t" {
				from = i
			}
		case "fatal error: ":
			from = i
		}
	}
	for i := max(0, from-maxReason); i < from; i++ {
		if strings.HasPrefix(string(list[i].Text), "runtime: ") {
			return i
		}
	}
	return from
}

// maxReason is how many words a reason has, at most.
const maxReason = 20

// mergeWrites puts what the builtins printed among the other writes. Pieces
// of one line are one write.
func mergeWrites(writes, printed []timeline.Write) []timeline.Write {
	if len(printed) == 0 {
		return writes
	}
	var lines []timeline.Write
	for _, w := range printed {
		last := len(lines) - 1
		if last >= 0 && lines[last].G == w.G && lines[last].At == w.At &&
			lines[last].Seq+1 == w.Seq &&
			!bytes.HasSuffix(lines[last].Text, []byte("\n")) {
			lines[last].Text = append(lines[last].Text, w.Text...)
			lines[last].Seq = w.Seq
			continue
		}
		lines = append(lines, w)
	}
	all := append(writes, lines...)
	slices.SortStableFunc(all, func(a, b timeline.Write) int {
		return a.Seq - b.Seq
	})
	return all
}
