package timeline

// Order is one outcome of a program whose goroutines can run in several
// orders, and how often it came.
type Order struct {
	// Seed is the first that gave it; zero is that of the order that a page
	// shows.
	Seed  uint64
	Count int
	Recording
}
