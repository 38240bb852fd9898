package observe

import "reflect"

// Wait comes before an operation that can wait, on a channel or another
// object, or on none.
func Wait(op, line int, object any) {
	wait(Op(op), line, object)
}

// Done comes after it.
func Done() { done() }

// Int and Bool are Go's own, by names that a program cannot hide.
type (
	Int  = int
	Bool = bool
)

func wait(op Op, line int, object any) {
	g := current()
	e := event{
		kind: Waiting, op: op, line: line, object: objectOf(object),
	}
	tell(g, e)
	g.waits = e
}

func done() {
	g := current()
	g.waits.kind = Finished
	tell(g, g.waits)
}

// act tells an operation that cannot wait.
func act(op Op, line int, object any) {
	tell(current(), event{
		kind: Act, op: op, line: line, object: objectOf(object),
	})
}

// Close is close(c).
func Close(line int, c any) {
	act(CloseChan, line, c)
	reflect.ValueOf(c).Close()
}

// Case notes the channel of a case of a select statement, whose sites are
// numbered through the program, when it is evaluated. With a line it is the
// last of the statement, which then waits.
func Case(site, index, line int, c any) {
	g := current()
	if g.cases == nil {
		g.cases = map[caseKey]int32{}
	}
	g.cases[caseKey{site, index}] = objectOf(c)
	if line != 0 {
		wait(SelectAny, line, nil)
	}
}

// Selected says which case a select statement took. The line is that of the
// case; op is SelectSend, SelectReceive or SelectElse.
func Selected(site, index, op, line int) {
	g := current()
	tell(g, event{
		kind: Finished, op: Op(op), line: line,
		object: g.cases[caseKey{site, index}],
	})
}
