package timeline

import (
	"regexp"
	"strings"
)

// EndOf says how a program ended that exited with a status. The last words
// are what Go's runtime, not the program, wrote to standard error: they tell
// a crash from a program that chose to exit with status 2.
func EndOf(status int, lastWords string) End {
	switch {
	case status == 2 && lastWords != "":
		return crash(lastWords)
	case status == 0:
		return End{Kind: OK}
	}
	return End{Kind: Exit, Code: status}
}

// crash words a death by Go's runtime.
func crash(words string) End {
	message := panicWords(words)
	if !strings.HasPrefix(words, "panic: ") {
		message = fatalWords(words)
	}
	end := End{Kind: Panic, Code: 2, Message: message}
	switch {
	case strings.HasPrefix(message, "fatal error: ") &&
		strings.HasSuffix(message, "deadlock!"):
		end.Kind = Deadlock
	case strings.HasPrefix(message, "panic: reflect"):
		end = End{
			Kind: Refused,
			Message: "the interpreter cannot run this program: " +
				strings.TrimPrefix(message, "panic: "),
		}
	}
	return end
}

// fatalWords picks the line that says what happened: around it stand the
// addresses of stacks.
func fatalWords(words string) string {
	if i := strings.Index(words, "fatal error: "); i >= 0 {
		words = words[i:]
	}
	line, _, _ := strings.Cut(words, "\n")
	return line
}

const (
	again     = " [recovered, repanicked]"
	recovered = " [recovered]"
)

// panicWords takes from a panic's message what a program compiled by Go
// would not have said. The interpreter recovers each panic and panics again
// in each function on its way out: a chain of the same panic is one.
func panicWords(words string) string {
	words, _, _ = strings.Cut(words, "\n[signal ")
	words, _, _ = strings.Cut(words, "\n\ngoroutine ")
	words = strings.TrimPrefix(strings.TrimRight(words, "\n"), "panic: ")
	chain := strings.Split(words, "\n\tpanic: ")
	var kept []string
	for i, panic := range chain {
		text := strings.TrimSuffix(panic, again)
		if i+1 < len(chain) {
			text = strings.TrimSuffix(text, recovered)
			next := strings.TrimSuffix(chain[i+1], again)
			if text == strings.TrimSuffix(next, recovered) {
				continue
			}
			if strings.HasSuffix(panic, recovered) {
				text += recovered
			}
		} else {
			text = strings.TrimSuffix(text, recovered)
		}
		kept = append(kept, goWords(text))
	}
	return "panic: " + strings.Join(kept, "\n\tpanic: ")
}

var (
	// place is what the interpreter puts before some of its panics.
	place = regexp.MustCompile(`^\d+:\d+: `)
	// opaque is a value that the runtime could not print, since the
	// interpreter handed it one of its own, and a value of an interpreted
	// type, whose methods the runtime does not see.
	opaque = regexp.MustCompile(`^(<.* Value>|\(.*\) 0x[0-9a-f]+)$`)
)

const nilDereference = "runtime error: " +
	"invalid memory address or nil pointer dereference"

// Go's words, with numbers that the interpreter does not give.
const (
	unnumbered       = " (the interpreter cannot say which)"
	indexOutOfRange  = "runtime error: index out of range" + unnumbered
	boundsOutOfRange = "runtime error: slice bounds out of range" + unnumbered
)

// inGo has Go's words for those of package reflect, which the interpreter
// uses in the program's name.
var inGo = map[string]string{
	"reflect: slice index out of range":                     indexOutOfRange,
	"reflect: array index out of range":                     indexOutOfRange,
	"reflect: string index out of range":                    indexOutOfRange,
	"reflect.Value.Slice: slice index out of bounds":        boundsOutOfRange,
	"reflect.Value.Slice: string slice index out of bounds": boundsOutOfRange,
	"reflect.MakeSlice: negative len": "runtime error: " +
		"makeslice: len out of range",
	"reflect.Value.Call: call of nil function": nilDereference,
	"reflect: Method on nil interface value":   nilDereference,
}

// goWords turns the interpreter's wording of one panic into Go's. It leaves
// alone what it does not know: a message of package reflect that has no
// counterpart is a failure of the interpreter.
func goWords(text string) string {
	text = place.ReplaceAllString(text, "")
	if words, ok := inGo[text]; ok {
		return words
	}
	switch {
	case strings.HasPrefix(text, "reflect: call of reflect.Value.") &&
		strings.HasSuffix(text, " on zero Value"):
		return nilDereference
	case opaque.MatchString(text):
		return "(a value the interpreter cannot show)"
	}
	return text
}
