package timeline

import (
	"regexp"
	"strconv"
	"strings"
)

// CompiledEndOf is [EndOf] for a program compiled by Go, whose runtime said a
// goroutine's stack as well: that has the line of the end.
func CompiledEndOf(status int, words string) End {
	switch {
	case status == 0:
		return End{Kind: OK}
	case status != 2 || words == "":
		return End{Kind: Exit, Code: status}
	}
	said, stacks, _ := strings.Cut(words, "\n\ngoroutine ")
	end := End{Kind: Panic, Code: 2, Line: lineIn(stacks)}
	if strings.HasPrefix(said, "panic: ") {
		said, _, _ = strings.Cut(said, "\n[signal ")
		end.Message = strings.TrimRight(said, "\n")
		return end
	}
	end.Message = fatalWords(words)
	if strings.HasSuffix(end.Message, "deadlock!") {
		end.Kind = Deadlock
	}
	return end
}

// frame is a line of the program in a stack: the compiler knows its file as
// main.go; or that of a program of tests as /N/name.go, where N is by how many
// lines the file stands further down in the program, see package program.
var frame = regexp.MustCompile(
	`(?m)^\t(?:(?:.*/)?main\.go|/(-?[0-9]+)/[^/\n]+\.go):([0-9]+)`)

// lineIn is the innermost line of the program in the stack of a goroutine,
// the first one of stacks; 0 if it has none.
func lineIn(stacks string) int {
	first, _, _ := strings.Cut(stacks, "\n\ngoroutine ")
	found := frame.FindStringSubmatch(first)
	if found == nil {
		return 0
	}
	ahead, _ := strconv.Atoi(found[1])
	line, _ := strconv.Atoi(found[2])
	return ahead + line
}
