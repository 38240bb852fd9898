package timeline

// Meant reports whether a program ran to an end that its writer meant: a good
// one, or where it is said that it fails, one that is its own.
func (k Kind) Meant(fails bool) bool {
	switch k {
	case OK:
		return true
	case Exit, Failed, Panic, Deadlock:
		return fails
	}
	return false
}
