package runner

import "fmt"

// Engine is what runs a program. All engines share the sandbox: its clock,
// its randomness, its limits.
type Engine string

// The engines.
const (
	// Yaegi is the interpreter: quick, and what the reader's browser has. It
	// is not today's Go in all; where it knows that it would be wrong, it
	// refuses.
	Yaegi Engine = ""
	// Go is the local Go toolchain: what real Go prints.
	Go Engine = "go"
	// Both runs a program by both and gives what compiled Go did; see
	// [Result.Interpreted].
	Both Engine = "both"
)

// ParseEngine reads the name of an engine: "yaegi", "go" or "both".
func ParseEngine(name string) (Engine, error) {
	switch name {
	case "yaegi":
		return Yaegi, nil
	case string(Go), string(Both):
		return Engine(name), nil
	}
	return "", fmt.Errorf("unknown engine %q: yaegi, go and both are known", name)
}

// Interpreted is how the interpreter fared with a program whose result is
// that of compiled Go.
type Interpreted string

// How the interpreter can fare.
const (
	Unasked  Interpreted = ""         // only one engine ran
	Agrees   Interpreted = "agrees"   // it printed and ended as Go did
	Differs  Interpreted = "differs"  // see Result.Difference
	Declines Interpreted = "declines" // it refused; Result.Difference says why
)
