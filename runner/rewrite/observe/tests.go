package observe

// A test's function runs in a goroutine that package testing starts, whose
// code nobody observes. What the goroutine that wants the test does meanwhile
// is known all the same, and told in its name: it waits, until the test is
// over or lets others go first.

// test is what is known of a goroutine that runs a test.
type test struct {
	of       *goroutine // which waits for it
	part     any        // of what the test is a part
	parallel bool
}

// BeginTest is the first thing that a test does, in the goroutine that it is
// run in, which has passed for the one that wants it so far.
func BeginTest(line int, name string, part any) {
	of := current()
	begin(of, line, name, func() {
		await(of, line, part)
	})
	current().test = &test{of: of, part: part}
}

// await tells that a goroutine waits for the parts of a test.
func await(g *goroutine, line int, part any) {
	g.waits = event{
		kind: Waiting, op: TestRun, line: line, object: objectOf(part),
	}
	tell(g, g.waits)
}

// goOn tells that it does no longer.
func goOn(g *goroutine) {
	g.waits.kind = Finished
	tell(g, g.waits)
}

// BeginTurn comes before a test lets all others go first, EndTurn after it.
// Main waits for parallel tests where package testing has it do so.
func BeginTurn(line int) {
	wait(TestTurn, line, nil)
	if t := current().test; t != nil && !t.parallel {
		t.parallel = true
		goOn(t.of)
	}
}

// EndTurn ends the wait for a turn.
func EndTurn() {
	g := current()
	if t := g.test; t != nil && t.of.id == 1 {
		if shared.parallel++; shared.parallel == 1 {
			await(t.of, 0, t.part)
		}
	}
	done()
}

// EndTest is the last thing that a test does.
func EndTest() {
	g := current()
	act(TestDone, 0, g.test.part)
	finish(g)
	switch t := g.test; {
	case !t.parallel:
		goOn(t.of)
	case t.of.id == 1:
		if shared.parallel--; shared.parallel == 0 {
			goOn(t.of)
		}
	}
}
