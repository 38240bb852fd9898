package observe

// String is Go's own, whatever the program calls by its name.
type String = string

// Place is a rune in a string.
type Place struct {
	At   int
	Rune rune
}

// Runes decodes a string as a loop over it does.
func Runes(s string) []Place {
	places := make([]Place, 0, len(s))
	for at, r := range s {
		places = append(places, Place{at, r})
	}
	return places
}

// Recovered gets what the program recovers from a panic. Where it is the
// interpreter's, not Go's, the guest does not give it back.
func Recovered(value any) any { return value }

// Checked gets an error that may tell of the program's types. Where it tells
// of what the interpreter makes of them, the guest does not give it back.
func Checked(err error) error { return err }
