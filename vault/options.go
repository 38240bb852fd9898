package vault

import (
	"fmt"
	"time"
)

// SnippetOptions are what the rest of a fence's first line says. Obsidian
// takes no notice of it. The zero value is that of a fence that says nothing.
type SnippetOptions struct {
	// Run asks that a fragment runs, NoRun that nothing does. Test asks that
	// the tests run, whatever else there is to run.
	Run, NoRun, Test bool
	// Fails says that a bad end is meant.
	Fails bool
	// Engine is "yaegi", "go", "both" or "".
	Engine  string
	Timeout time.Duration // 0 for the usual one
	Stdin   string
	Args    []string
	// What of it a page shows.
	Code, Output, Timeline View
	// Name is what other blocks of the note call this one, After that of the
	// block whose code comes before this one's.
	Name, After string
	// Title is a heading for the block.
	Title string

	nameAt, afterAt int // where they stand
}

// View is how much of something a page shows.
type View string

// The views.
const (
	Shown  View = ""
	Folded View = "fold"
	Hidden View = "hide"
)

// maxTimeout is the most that a block may ask for: a note must not hold up a
// build for long.
const maxTimeout = time.Minute

// An option is one that a fence can have.
type option struct {
	name string
	// value is an example of its value, "" where it takes none.
	value string
	// set sets it, or says what is wrong with the value.
	set func(o *SnippetOptions, value string) (complaint string)
}

// snippetOptions are all there are.
var snippetOptions = []option{
	{"norun", "", func(o *SnippetOptions, _ string) string {
		o.NoRun = true
		return ""
	}},
	{"run", "", func(o *SnippetOptions, _ string) string {
		o.Run = true
		return ""
	}},
	{"test", "", func(o *SnippetOptions, _ string) string {
		o.Run, o.Test = true, true
		return ""
	}},
	{"fails", "", func(o *SnippetOptions, _ string) string {
		o.Fails = true
		return ""
	}},
	{"engine", "go", func(o *SnippetOptions, value string) string {
		return oneOf(&o.Engine, value, "yaegi", "go", "both")
	}},
	{"timeout", "2s", setTimeout},
	{"stdin", `"some text\n"`, func(o *SnippetOptions, value string) string {
		o.Stdin = value
		return ""
	}},
	{"args", `"-n 3"`, func(o *SnippetOptions, value string) string {
		args, ok := splitArgs(value)
		if !ok {
			return "has a quote that is not closed"
		}
		o.Args = args
		return ""
	}},
	{"code", "fold", func(o *SnippetOptions, value string) string {
		return oneOf(&o.Code, value, Hidden, Folded)
	}},
	{"output", "fold", func(o *SnippetOptions, value string) string {
		return oneOf(&o.Output, value, Hidden, Folded)
	}},
	{"timeline", "hide", func(o *SnippetOptions, value string) string {
		return oneOf(&o.Timeline, value, Hidden)
	}},
	{"name", "setup", func(o *SnippetOptions, value string) string {
		o.Name = value
		return ""
	}},
	{"after", "setup", func(o *SnippetOptions, value string) string {
		o.After = value
		return ""
	}},
	{"title", `"A title"`, func(o *SnippetOptions, value string) string {
		o.Title = value
		return ""
	}},
}

func findOption(name string) (option, bool) {
	for _, o := range snippetOptions {
		if o.name == name {
			return o, true
		}
	}
	return option{}, false
}

// oneOf sets a field to one of the values that it can have.
func oneOf[T ~string](field *T, value string, from ...T) string {
	said := ""
	for i, v := range from {
		if string(v) == value {
			*field = v
			return ""
		}
		switch {
		case i == 0:
		case i == len(from)-1:
			said += " or "
		default:
			said += ", "
		}
		said += string(v)
	}
	return "can be " + said
}

func setTimeout(o *SnippetOptions, value string) string {
	d, err := time.ParseDuration(value)
	switch {
	case err != nil || d <= 0:
		return "is not a time such as 500ms or 2s"
	case d > maxTimeout:
		return fmt.Sprintf("is more than %.0f seconds", maxTimeout.Seconds())
	}
	o.Timeout = d
	return ""
}

// clip cuts a word that is too long to be told in full.
func clip(word string) string {
	const most = 40
	if r := []rune(word); len(r) > most {
		return string(r[:most]) + "…"
	}
	return word
}

// An infoFault is something wrong with an info string, at an offset of it.
type infoFault struct {
	at      int
	message string
}

// parseOptions reads the words of an info string after the language. What is
// wrong with one stops no other.
func parseOptions(info string) (o SnippetOptions, faults []infoFault) {
	words, faults := infoWords(info)
	seen := map[string]bool{}
	complain := func(at int, format string, args ...any) {
		faults = append(faults, infoFault{at, fmt.Sprintf(format, args...)})
	}
	for _, w := range words {
		opt, known := findOption(w.key)
		switch {
		case !known:
			complain(w.at, "unknown option %q%s", clip(w.key), meant(w))
		case seen[w.key]:
			complain(w.at, "the option %q stands here twice: the first counts",
				w.key)
		case opt.value == "" && w.valued:
			complain(w.valueAt, "the option %q takes no value", w.key)
		case opt.value != "" && w.value == "":
			complain(w.at, "the option %q needs a value, as in %s=%s",
				w.key, w.key, opt.value)
		default:
			if said := opt.set(&o, w.value); said != "" {
				complain(w.valueAt, "%s=%q %s", w.key, clip(w.value), said)
			}
		}
		if !seen[w.key] && w.key == "name" {
			o.nameAt = w.at
		} else if !seen[w.key] && w.key == "after" {
			o.afterAt = w.at
		}
		seen[w.key] = true
	}
	if o.Run && o.NoRun {
		asks := "run"
		if o.Test {
			asks = "test"
		}
		complain(0, `the options %q and "norun" contradict each other:`+
			" it does not run", asks)
	}
	return o, faults
}
