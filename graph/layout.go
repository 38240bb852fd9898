package graph

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"gonum.org/v1/gonum/spatial/barneshut"
	"gonum.org/v1/gonum/spatial/r2"
)

// Layout places the nodes on a plane, so that those that are tied stand close
// to each other and all others apart. Nodes without edges stand around the
// rest. How often nodes are moved depends on how many there are: the time
// grows little faster than the graph.
//
// The nodes are joined to ever fewer, those few are placed, and then taken
// apart again step by step.
func (g *Graph) Layout() []Point {
	finest, tied := g.finest()
	levels := []*level{finest}
	for {
		last := levels[len(levels)-1]
		next := last.coarser()
		if len(next.mass) > len(last.mass)*9/10 || len(next.mass) < 8 {
			break
		}
		levels = append(levels, next)
	}
	for i := len(levels) - 1; i >= 0; i-- {
		if l := levels[i]; i == len(levels)-1 {
			l.spiral()
		} else {
			l.from(levels[i+1])
		}
		levels[i].relax(len(tied))
	}
	return g.around(finest.at, tied)
}

// A Point is a place on the plane.
type Point r2.Vec

// finest is the level of all nodes that have edges, and which those are.
func (g *Graph) finest() (l *level, tied []int) {
	l = new(level)
	number := make([]int, len(g.near))
	for node, near := range g.near {
		if len(near) > 0 {
			number[node] = len(tied)
			tied = append(tied, node)
		}
	}
	l.mass = make([]float64, len(tied))
	for i, node := range tied {
		l.mass[i] = 1
		for _, n := range g.near[node] {
			if n.Node > node {
				l.ties = append(l.ties, tie{int32(i), int32(number[n.Node]), g.closeness(node, n.Node)})
			}
		}
	}
	return l, tied
}

// closeness is how strongly a tie pulls: the more so, the more of their
// neighbours the two have in common.
func (g *Graph) closeness(a, b int) float64 {
	few, many := g.near[a], g.near[b]
	if len(few) > len(many) {
		few, many = many, few
	}
	common := 0
	for _, n := range few {
		if has(many, n.Node) {
			common++
		}
	}
	return (0.3 + float64(common)) / math.Sqrt(float64(len(few))) / math.Sqrt(1+float64(common))
}

// around puts the nodes without edges on rings around the others.
func (g *Graph) around(at []r2.Vec, tied []int) []Point {
	all := make([]Point, len(g.near))
	far := drawIn(at)
	for i, node := range tied {
		all[node] = Point(at[i])
	}
	const apart = 0.8
	radius, angle := far+2*apart, 0.0
	for node, near := range g.near {
		if len(near) > 0 {
			continue
		}
		all[node] = Point(polar(radius, angle))
		if angle += apart / radius; angle > 2*math.Pi {
			angle, radius = angle-2*math.Pi, radius+apart
		}
	}
	return all
}

// drawIn brings those closer that stand far outside, as small groups do that
// are tied to none of the rest, and says how far out any are.
func drawIn(at []r2.Vec) (far float64) {
	if len(at) == 0 {
		return 0
	}
	radii := make([]float64, len(at))
	for i, p := range at {
		radii[i] = r2.Norm(p)
		far = max(far, radii[i])
	}
	sorted := slices.Sorted(slices.Values(radii))
	most := sorted[len(sorted)*9/10]
	if far <= 1.5*most {
		return far
	}
	for i, r := range radii {
		if r > most {
			at[i] = r2.Scale((most+(r-most)*most/2/(far-most))/r, at[i])
		}
	}
	return 1.5 * most
}

func polar(radius, angle float64) r2.Vec {
	return r2.Vec{X: radius * math.Cos(angle), Y: radius * math.Sin(angle)}
}

// A level is a graph whose nodes stand for one or more nodes of the finest.
type level struct {
	mass []float64 // how many
	ties []tie
	at   []r2.Vec
	up   []int // the node of the next coarser level that each is part of
}

type tie struct {
	a, b   int32
	weight float64
}

// coarser joins nodes to those that they are tied to: each to one that is not
// joined yet, or else to a small group.
func (l *level) coarser() *level {
	l.up = make([]int, len(l.mass))
	for i := range l.up {
		l.up[i] = -1
	}
	next := new(level)
	var size []int
	neighbours := l.neighbours()
	for i, near := range neighbours {
		if l.up[i] >= 0 {
			continue
		}
		best, strength := -1, 0.0
		for _, n := range near {
			joined := l.up[n.b] >= 0
			if joined && size[l.up[n.b]] >= 4 {
				continue
			}
			s := n.weight / (l.mass[i] * l.mass[n.b])
			if joined {
				s /= 8
			}
			if s > strength {
				best, strength = int(n.b), s
			}
		}
		switch {
		case best < 0:
			l.up[i] = len(size)
			size = append(size, 1)
		case l.up[best] >= 0:
			l.up[i] = l.up[best]
			size[l.up[i]]++
		default:
			l.up[i], l.up[best] = len(size), len(size)
			size = append(size, 2)
		}
	}
	next.mass = make([]float64, len(size))
	for i, up := range l.up {
		next.mass[up] += l.mass[i]
	}
	next.ties = l.joinedTies(neighbours, len(size))
	return next
}

// neighbours are the ties of each node, from it.
func (l *level) neighbours() [][]tie {
	counts := make([]int, len(l.mass))
	for _, t := range l.ties {
		counts[t.a]++
		counts[t.b]++
	}
	near := rooms[tie](counts)
	for _, t := range l.ties {
		near[t.a] = append(near[t.a], t)
		near[t.b] = append(near[t.b], tie{t.b, t.a, t.weight})
	}
	return near
}

// joinedTies are the ties between the nodes of the next level.
func (l *level) joinedTies(near [][]tie, nodes int) []tie {
	var ties []tie
	last := make([]int, nodes) // of the ties to each node
	for i, up := range l.members(nodes) {
		from := len(ties)
		for _, member := range up {
			for _, t := range near[member] {
				to := l.up[t.b]
				if to <= i {
					continue // is seen from there
				}
				if at := last[to]; at >= from && at < len(ties) && int(ties[at].b) == to {
					ties[at].weight += t.weight
					continue
				}
				last[to] = len(ties)
				ties = append(ties, tie{int32(i), int32(to), t.weight})
			}
		}
	}
	return ties
}

// members are the nodes that each node of the next level stands for.
func (l *level) members(nodes int) [][]int {
	counts := make([]int, nodes)
	for _, up := range l.up {
		counts[up]++
	}
	members := rooms[int](counts)
	for i, up := range l.up {
		members[up] = append(members[up], i)
	}
	return members
}

// rooms are empty lists, side by side, with room for so many each.
func rooms[T any](counts []int) [][]T {
	whole := 0
	for _, count := range counts {
		whole += count
	}
	lists, all := make([][]T, len(counts)), make([]T, whole)
	for i, count := range counts {
		lists[i], all = all[:0:count], all[count:]
	}
	return lists
}

// golden is the angle by which the seeds of a sunflower follow each other.
const golden = 2.399963229728653

// spiral places the nodes of the coarsest level.
func (l *level) spiral() {
	l.at = make([]r2.Vec, len(l.mass))
	whole := 0.0
	for i, m := range l.mass {
		l.at[i] = polar(math.Sqrt(whole+m/2), golden*float64(i))
		whole += m
	}
}

// from places each node close to where the one stands that it was part of.
func (l *level) from(coarser *level) {
	l.at = make([]r2.Vec, len(l.mass))
	for i, up := range l.up {
		l.at[i] = r2.Add(coarser.at[up], polar(0.3*math.Sqrt(coarser.mass[up]), golden*float64(i)))
	}
}

// Of the forces: nodes push each other away by their masses over the distance,
// ties pull by their weight times the root of the distance, and all is drawn to the middle
// a little.
const pull = 0.02

// theta is how coarse the view of far nodes is, as Barnes and Hut have it. Among
// few nodes a coarse view draws the map out to one side.
func theta(nodes int) float64 {
	if nodes < 1000 {
		return 1
	}
	return 1.5
}

// relax moves the nodes by the forces, less and less far, in a graph of so many.
func (l *level) relax(all int) {
	n := len(l.mass)
	if n < 2 {
		return
	}
	whole := 0.0
	for _, m := range l.mass {
		whole += m
	}
	// Small levels of a large graph need not be placed well: the next ones move
	// all of it again.
	steps := min(max(100_000/n, 5), max(200_000/all, 25), 120)
	reach := 0.3 * math.Sqrt(whole)
	for s := range steps {
		left := 1 - float64(s)/float64(steps)
		forces, held := l.forces()
		l.move(forces, held, reach*left*left+0.02)
	}
}

// move moves each node by its force, the less the stronger it is held, and no
// farther than most.
func (l *level) move(forces []r2.Vec, held []float64, most float64) {
	for i, f := range forces {
		by := r2.Scale(0.7/held[i], f)
		if far := r2.Norm(by); far > most {
			by = r2.Scale(most/far, by)
		}
		l.at[i] = r2.Add(l.at[i], by)
	}
	l.centre()
}

// centre puts the middle of all mass where the plane's is.
func (l *level) centre() {
	var sum r2.Vec
	whole := 0.0
	for i, p := range l.at {
		sum = r2.Add(sum, r2.Scale(l.mass[i], p))
		whole += l.mass[i]
	}
	for i := range l.at {
		l.at[i] = r2.Sub(l.at[i], r2.Scale(1/whole, sum))
	}
}

// forces are the forces on all nodes, and how strongly each is held: the force
// that it takes to move it by one.
func (l *level) forces() (forces []r2.Vec, held []float64) {
	forces, held = l.push(), make([]float64, len(l.at))
	for i, p := range l.at {
		forces[i] = r2.Sub(forces[i], r2.Scale(pull*l.mass[i], p))
		held[i] = pull * l.mass[i]
	}
	for _, t := range l.ties {
		f := r2.Sub(l.at[t.b], l.at[t.a])
		// r2.Norm takes care of numbers that are far too large for a plane, and
		// most of the time.
		strength := t.weight / math.Sqrt(0.1+math.Sqrt(r2.Norm2(f)))
		f = r2.Scale(strength, f)
		held[t.a] += strength
		held[t.b] += strength
		forces[t.a] = r2.Add(forces[t.a], f)
		forces[t.b] = r2.Sub(forces[t.b], f)
	}
	return forces, held
}

// A body is a node as package barneshut sees it. That divides the place of a
// body by its mass, so that only those of mass one come out where they are.
type body r2.Vec

func (b *body) Coord2() r2.Vec { return r2.Vec(*b) }
func (b *body) Mass() float64  { return 1 }

// push gives the forces by which the nodes push each other away; to a node, all
// others have the same mass. All cores work on it; what one of them does for a
// node does not depend on the others.
func (l *level) push() []r2.Vec {
	whole := 0.0
	bodies, particles := make([]body, len(l.at)), make([]barneshut.Particle2, len(l.at))
	for i, p := range l.at {
		bodies[i] = body(p)
		whole += l.mass[i]
		particles[i] = &bodies[i]
	}
	forces := make([]r2.Vec, len(l.at))
	plane, err := barneshut.NewPlane(particles)
	if err != nil {
		return forces // two nodes at one place: their ties will move them
	}
	coarse := theta(len(forces))
	const chunk = 256
	var next sync.Mutex
	begun := 0
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(l.at)/chunk+1) {
		all.Go(func() {
			for {
				next.Lock()
				from := begun
				begun += chunk
				next.Unlock()
				if from >= len(forces) {
					return
				}
				for i := from; i < min(from+chunk, len(forces)); i++ {
					f := plane.ForceOn(particles[i], coarse, away)
					forces[i] = r2.Scale(l.mass[i]*whole/float64(len(forces)), f)
				}
			}
		})
	}
	all.Wait()
	return forces
}

// away is the force on a body of mass one by a mass that stands at v from it.
func away(_, _ barneshut.Particle2, _, mass float64, v r2.Vec) r2.Vec {
	return r2.Scale(-mass/max(r2.Norm2(v), 1e-6), v)
}
