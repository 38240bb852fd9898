package timeline

import (
	"iter"
	"math/rand/v2"
	"slices"
	"time"
)

// A sim is a small scheduler that runs random goroutines and tells of them
// what an observed program would tell. It knows who woke whom.
type sim struct {
	*rand.Rand
	rec   Recording
	now   time.Duration
	seq   int
	ready []*routine
	sleep []*routine // by deadline
	all   []*routine
	chans []*channel
	locks []*mutex
	group struct {
		n     int
		queue []*routine
	}
	truth map[[2]int]int // pairs of waker and woken, and how often
	lost  map[[2]int]int // those whose woken goroutine never continued
	over  bool
}

// A routine is a simulated goroutine.
type routine struct {
	*sim
	g        int
	deadline time.Duration
	yield    func(struct{}) bool
	next     func() (struct{}, bool)
	stop     func()
	by       int // who woke it
	took     *channel
}

// A channel is one of a simulated program.
type channel struct {
	object, size, held int
	closed             bool
	senders, receivers []*routine
}

// A mutex is one of a simulated program.
type mutex struct {
	object int
	held   bool
	queue  []*routine
}

// simulate runs a random program.
func simulate(seed uint64) *sim {
	s := &sim{
		Rand:  rand.New(rand.NewPCG(seed, 1)),
		truth: make(map[[2]int]int), lost: make(map[[2]int]int),
	}
	for i := range 3 {
		s.chans = append(s.chans, &channel{object: 1 + i, size: i})
		s.locks = append(s.locks, &mutex{object: 10 + i})
	}
	s.start(func(r *routine) { r.main() })
	s.loop()
	s.rec.Virtual = s.now
	for _, r := range s.all {
		r.stop()
	}
	return s
}

// start makes a goroutine ready that runs a function.
func (s *sim) start(f func(*routine)) *routine {
	r := &routine{sim: s, g: len(s.all) + 1}
	r.next, r.stop = iter.Pull(func(yield func(struct{}) bool) {
		r.yield = yield
		defer func() {
			if e := recover(); e != nil && e != errStopped {
				panic(e)
			}
		}()
		r.tell(Begin, "", 0)
		f(r)
		r.tell(Finish, "", 0)
		s.over = s.over || r.g == 1
	})
	s.all = append(s.all, r)
	s.ready = append(s.ready, r)
	return r
}

type stopped struct{}

var errStopped = stopped{}

// loop runs who is ready, and lets time pass when nobody is.
func (s *sim) loop() {
	for !s.over {
		if len(s.ready) == 0 {
			if len(s.sleep) == 0 {
				s.rec.End = End{Kind: Deadlock, Code: 2}
				return
			}
			s.now = s.sleep[0].deadline
			for len(s.sleep) > 0 && s.sleep[0].deadline == s.now {
				s.ready = append(s.ready, s.sleep[0])
				s.sleep = s.sleep[1:]
			}
		}
		r := s.ready[0]
		s.ready = s.ready[1:]
		r.next()
	}
	s.rec.End = End{Kind: OK}
}

// park lets others run until somebody makes this goroutine ready.
func (r *routine) park() {
	r.by = 0
	if !r.yield(struct{}{}) {
		panic(errStopped)
	}
	if r.by > 0 {
		r.truth[[2]int{r.by, r.g}]++
		r.lost[[2]int{r.by, r.g}]--
	}
}

// wake makes another goroutine ready.
func (r *routine) wake(other *routine) {
	other.by = r.g
	r.lost[[2]int{r.g, other.g}]++
	r.ready = append(r.ready, other)
}

// pop wakes the first of a queue.
func (r *routine) pop(queue *[]*routine, c *channel) {
	other := (*queue)[0]
	for _, c := range r.chans { // a select leaves all its queues
		c.receivers = slices.DeleteFunc(c.receivers, func(r *routine) bool { return r == other })
	}
	if len(*queue) > 0 && (*queue)[0] == other {
		*queue = (*queue)[1:]
	}
	other.took = c
	r.wake(other)
}

func (r *routine) tell(kind EventKind, op Op, object int) {
	r.seq++
	r.rec.Events = append(r.rec.Events, Event{
		Seq: r.seq, At: r.now, G: r.g, Kind: kind, Op: op, Object: object,
	})
}

// waits reports whether a goroutine never continued its last wait.
func (s *sim) waits(g int) bool {
	var last EventKind
	for _, e := range s.rec.Events {
		if e.G == g {
			last = e.Kind
		}
	}
	return last == Wait
}
