package observe

import (
	"runtime"
	"unsafe"
)

const (
	// Stretch is how many steps a goroutine runs, without a seed, before it
	// lets others run.
	Stretch = 10_000
	// maxYields bounds the yields that a seed asks for: each one makes Go's
	// scheduler read the clock, which moves if that is all that happens.
	maxYields = 2_000
	// seededStretch is the longest way between two yields by seed.
	seededStretch = 64
)

// tickKey is the setting that is asked for at each tick.
const tickKey = 4

// steps is the program's budget.
var steps struct {
	left   int64
	given  int64
	seed   uint64
	yields int
}

// Start begins a run in the goroutine of main, before anything of the program
// runs. It returns how many steps may be made until [Tick].
func Start(events bool) int {
	steps.left = setting(0)
	steps.seed = uint64(setting(1))
	if events {
		shared.Lock()
		g := adopt()
		shared.Unlock()
		tell(g, event{kind: Begin})
	} else {
		shared.goroutines++
		setLabel(unsafe.Pointer(&goroutine{id: shared.goroutines}))
	}
	return next()
}

// next gives out steps.
func next() int {
	steps.given = Stretch
	if steps.seed != 0 && steps.yields < maxYields {
		steps.yields++
		steps.given = int64(1 + random()%seededStretch)
	}
	steps.given = min(steps.given, max(steps.left, 1))
	return int(steps.given)
}

// random is SplitMix64, as the host's.
func random() uint64 {
	steps.seed += 0x9e3779b97f4a7c15
	z := steps.seed
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Tick is called when the steps given out are made, and returns how many may
// be made until the next call. When there are none left it ends the program.
func Tick(line int) int {
	shared.Lock()
	defer shared.Unlock()
	if steps.left -= steps.given; steps.left <= 0 {
		outOfSteps(int32(line))
	}
	setting(tickKey) // the host counts
	return next()
}

// Between comes between the reading and the writing of a variable that
// others may have: by seed, it lets them run.
func Between(line int) {
	if steps.seed == 0 || steps.yields >= maxYields {
		return
	}
	shared.Lock()
	yield := random()%2 == 0
	if yield {
		steps.yields++
	}
	shared.Unlock()
	if yield {
		Pause(line)
	}
}

// Pause comes after Tick, when its answer has been stored: it lets others
// run.
func Pause(line int) {
	g := (*goroutine)(getLabel())
	runtime.Gosched()
	if g != nil && shared.last != g.id && shared.last != 0 {
		tell(g, event{kind: Resume, line: line})
	}
}
