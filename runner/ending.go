package runner

import (
	"strings"

	"runnel/runner/timeline"
)

// endOf words the end of a program that exited. The runtime's last words
// tell a crash from a program that chose to exit with status 2.
func endOf(code int, lastWords string) timeline.End {
	switch {
	case code == 2 && lastWords != "":
		return crash(lastWords)
	case code == 0:
		return timeline.End{Kind: timeline.OK}
	}
	return timeline.End{Kind: timeline.Exit, Code: code}
}

// crash words a death by Go's runtime.
func crash(lastWords string) timeline.End {
	message := cleanWords(lastWords)
	kind := timeline.Panic
	if strings.HasPrefix(message, "fatal error: ") &&
		strings.HasSuffix(message, "deadlock!") {
		kind = timeline.Deadlock
	}
	return timeline.End{Kind: kind, Code: 2, Message: message}
}

// trapped words an end that WebAssembly itself made: the guest ran out of
// the machine's stack, or its runtime gave up in the middle of a crash.
func trapped(err error, lastWords string) timeline.End {
	if lastWords != "" {
		return crash(lastWords)
	}
	message, _, _ := strings.Cut(err.Error(), "\n")
	if strings.Contains(message, "stack overflow") {
		message = "fatal error: stack overflow"
	}
	return timeline.End{Kind: timeline.Panic, Code: 2, Message: message}
}

// cleanWords takes from the runtime's last words what a program compiled by
// Go would not have said: the stack's addresses, and the traces of the
// interpreter, which recovers each panic and panics again in each function
// on its way out.
func cleanWords(words string) string {
	if i := strings.Index(words, "fatal error: "); i >= 0 &&
		!strings.HasPrefix(words, "panic: ") {
		line, _, _ := strings.Cut(words[i:], "\n")
		return line
	}
	words, _, _ = strings.Cut(words, "\n[signal ")
	words, _, _ = strings.Cut(words, "\n\ngoroutine ")
	words = strings.TrimRight(words, "\n")
	entries := strings.Split(words, "\n\tpanic: ")
	var kept []string
	for i, entry := range entries {
		bare, again := strings.CutSuffix(entry, " [recovered, repanicked]")
		bare, recovered := strings.CutSuffix(bare, " [recovered]")
		last := i == len(entries)-1
		if !last && (again || recovered) &&
			samePanic(bare, entries[i+1]) {
			continue
		}
		if recovered && !last {
			bare += " [recovered]"
		}
		kept = append(kept, strings.TrimPrefix(bare, "panic: "))
	}
	return "panic: " + strings.Join(kept, "\n\tpanic: ")
}

// samePanic says whether the next entry of a chain of panics is the same
// panic, made again.
func samePanic(bare, next string) bool {
	next = strings.TrimSuffix(next, " [recovered, repanicked]")
	next = strings.TrimSuffix(next, " [recovered]")
	return strings.TrimPrefix(bare, "panic: ") == next
}
