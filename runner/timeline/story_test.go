package timeline

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A story is a recording told in lines: "0.5 2 wait sleep 0 7" is a time in
// seconds, a goroutine, a kind, and op, object and line, or child, function
// and line.
func tell(t testing.TB, end Kind, story string) *Recording {
	t.Helper()
	rec := &Recording{End: End{Kind: end}}
	for i, text := range strings.Split(strings.TrimSpace(story), "\n") {
		var at float64
		e := Event{Seq: i + 1}
		words := strings.Fields(text)
		scan(t, words[0]+" "+words[1]+" "+words[2], &at, &e.G, &e.Kind)
		e.At = time.Duration(at * float64(time.Second))
		rec.Virtual = e.At
		rest := strings.Join(words[3:], " ")
		switch e.Kind {
		case "write":
			rec.Writes = append(rec.Writes, Write{Seq: e.Seq, At: e.At, G: e.G, Text: []byte("x\n")})
			continue
		case Create:
			scan(t, rest, &e.Child, &e.Func, &e.Line)
		case Wait, Done, Act:
			scan(t, words[len(words)-2]+" "+words[len(words)-1], &e.Object, &e.Line)
			e.Op = Op(strings.Join(words[3:len(words)-2], " "))
		}
		rec.Events = append(rec.Events, e)
	}
	return rec
}

func scan(t testing.TB, text string, into ...any) {
	t.Helper()
	if _, err := fmt.Sscan(text, into...); err != nil {
		t.Fatalf("read %q: %v", text, err)
	}
}

// read is a timeline in words.
func read(tl Timeline) string {
	var b strings.Builder
	for _, l := range tl.Lanes {
		fmt.Fprintf(&b, "%d %s by %d, line %d: %s\n", l.G, l.Func, l.Parent, l.Line, l.Fate)
		for _, s := range l.Spans {
			fmt.Fprintf(&b, "\t%v %v %s %s %d\n", s.From, s.To, s.State, s.Op, s.Line)
		}
		if len(l.Writes) > 0 {
			fmt.Fprintf(&b, "\twrites %v\n", l.Writes)
		}
	}
	for _, w := range tl.Wakes {
		fmt.Fprintf(&b, "%d wakes %d at %v, %s\n", w.From, w.To, w.Moment, w.Op)
	}
	return b.String()
}

func (m Moment) String() string { return fmt.Sprintf("%gs/%d", m.At.Seconds(), m.Step) }

// stories are runs and their timelines.
var stories = map[string]struct {
	end         Kind
	story, want string
}{
	"a wait group and two sleepers": {OK, `
0 1 create 2 myFunc 12
0 1 create 3 anotherFunc 13
0 1 wait wait group 1 14
0 3 begin
0 3 wait sleep 0 30
0 2 begin
0 2 wait sleep 0 20
0.5 3 done sleep 0 30
0.5 3 write
0.5 3 write
0.5 3 write
0.5 3 act group done 1 33
0.5 3 finish
1.5 2 done sleep 0 20
1.5 2 write
1.5 2 write
1.5 2 write
1.5 2 act group done 1 24
1.5 2 finish
1.5 1 done wait group 1 14
1.5 1 finish
`, `1 main by 0, line 0: returned
	0s/0 0s/3 running  0
	0s/3 1.5s/18 waiting wait group 14
	1.5s/18 1.5s/20 ready  0
	1.5s/20 1.5s/21 running  0
2 myFunc by 1, line 12: returned
	0s/1 0s/6 ready  0
	0s/6 0s/7 running  0
	0s/7 1.5s/14 waiting sleep 20
	1.5s/14 1.5s/19 running  0
	writes [1.5s/15 1.5s/16 1.5s/17]
3 anotherFunc by 1, line 13: returned
	0s/2 0s/4 ready  0
	0s/4 0s/5 running  0
	0s/5 0.5s/8 waiting sleep 30
	0.5s/8 0.5s/13 running  0
	writes [0.5s/9 0.5s/10 0.5s/11]
2 wakes 1 at 1.5s/18, group done
`},
	"a deadlock": {Deadlock, `
0 1 create 2 f 5
0 1 wait receive 1 6
0 2 begin
0 2 wait send 2 9
`, `1 main by 0, line 0: forever
	0s/0 0s/2 running  0
	0s/2 0s/5 stuck receive 6
2 f by 1, line 5: forever
	0s/1 0s/3 ready  0
	0s/3 0s/4 running  0
	0s/4 0s/5 stuck send 9
`},
	"a goroutine left behind": {OK, `
0 1 create 2 f 5
0 1 wait sleep 0 6
0 2 begin
0 2 wait receive 1 9
1 1 done sleep 0 6
1 1 finish
`, `1 main by 0, line 0: returned
	0s/0 0s/2 running  0
	0s/2 1s/5 waiting sleep 6
	1s/5 1s/6 running  0
2 f by 1, line 5: abandoned
	0s/1 0s/3 ready  0
	0s/3 0s/4 running  0
	0s/4 1s/7 waiting receive 9
`},
	"a context's child is cancelled": {OK, `
0 1 create 2 f 5
0 1 wait sleep 0 6
0 2 begin
0 2 wait select 0 9
1 1 done sleep 0 6
1 1 act cancel 7 7
1 1 wait sleep 0 8
1 2 done select receive 3 9
1 2 finish
2 1 done sleep 0 8
2 1 finish
`, `1 main by 0, line 0: returned
	0s/0 0s/2 running  0
	0s/2 1s/5 waiting sleep 6
	1s/5 1s/7 running  0
	1s/7 2s/10 waiting sleep 8
	2s/10 2s/11 running  0
2 f by 1, line 5: returned
	0s/1 0s/3 ready  0
	0s/3 0s/4 running  0
	0s/4 1s/6 waiting select receive 9
	1s/6 1s/8 ready  0
	1s/8 1s/9 running  0
1 wakes 2 at 1s/6, cancel
`},
	"a timer starts a goroutine": {OK, `
0 1 begin
0 1 wait sleep 0 6
1 1 create 2 f 5
1 2 begin
1 2 finish
2 1 done sleep 0 6
2 1 finish
`, `1 main by 0, line 0: returned
	0s/0 0s/2 running  0
	0s/2 2s/6 waiting sleep 6
	2s/6 2s/7 running  0
2 f by 1, line 5: returned
	1s/3 1s/4 ready  0
	1s/4 1s/5 running  0
`},
	"two wait for a Once": {OK, `
0 1 create 2 f 5
0 1 create 3 f 5
0 1 wait once 1 6
0 1 done once 1 6
0 1 wait sleep 0 7
0 2 begin
0 2 wait once 1 6
0 3 begin
0 3 wait once 1 6
1 1 done sleep 0 7
1 1 act once 1 6
1 1 finish
1 2 done once 1 6
1 3 done once 1 6
`, `1 main by 0, line 0: returned
	0s/0 0s/5 running  0
	0s/5 1s/10 waiting sleep 7
	1s/10 1s/12 running  0
2 f by 1, line 5: stopped
	0s/1 0s/6 ready  0
	0s/6 0s/7 running  0
	0s/7 1s/11 waiting once 6
	1s/11 1s/13 ready  0
	1s/13 1s/14 running  0
	1s/14 1s/15 ready  0
3 f by 1, line 5: stopped
	0s/2 0s/8 ready  0
	0s/8 0s/9 running  0
	0s/9 1s/13 waiting once 6
	1s/13 1s/14 ready  0
	1s/14 1s/15 running  0
1 wakes 2 at 1s/11, once
2 wakes 3 at 1s/13, once
`},
	"code inside a Once": {OK, `
0 1 create 2 f 5
0 1 wait once 1 6
0 1 wait sleep 0 7
0 2 begin
0 2 wait once 1 6
1 1 done sleep 0 7
1 1 write
1 1 done once 1 6
1 1 wait wait group 2 9
1 2 done once 1 6
1 2 act group done 2 8
1 2 finish
1 1 done wait group 2 9
1 1 finish
`, `1 main by 0, line 0: returned
	0s/0 0s/3 running  0
	0s/3 1s/6 waiting sleep 7
	1s/6 1s/9 running  0
	1s/9 1s/11 waiting wait group 9
	1s/11 1s/13 ready  0
	1s/13 1s/14 running  0
	writes [1s/7]
2 f by 1, line 5: returned
	0s/1 0s/4 ready  0
	0s/4 0s/5 running  0
	0s/5 1s/8 waiting once 6
	1s/8 1s/10 ready  0
	1s/10 1s/12 running  0
1 wakes 2 at 1s/8, once
2 wakes 1 at 1s/11, group done
`},
}

func TestLanes(t *testing.T) {
	t.Parallel()
	for name, test := range stories {
		t.Run(name, func(t *testing.T) {
			rec := tell(t, test.end, test.story)
			tl := Lanes(rec)
			if got := read(tl); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			for _, p := range problems(rec, tl) {
				t.Error(p)
			}
		})
	}
}

func TestLanes_none(t *testing.T) {
	t.Parallel()
	rec := &Recording{Writes: []Write{{G: 1, Text: []byte("x")}}}
	if got := Lanes(rec); len(got.Lanes) != 0 {
		t.Errorf("got %d lanes of a run that was not observed", len(got.Lanes))
	}
}

// A run that goes on after the last event that is kept says so.
func TestLanes_cut(t *testing.T) {
	t.Parallel()
	rec := tell(t, OK, "0 1 create 2 f 5\n0 2 begin")
	for len(rec.Events) < MaxEvents {
		rec.Events = append(rec.Events, Event{Seq: 3, G: 2, Kind: Yield})
	}
	rec.Writes = []Write{{Seq: MaxEvents + 2, At: time.Second, G: 2}}
	rec.Virtual = 2 * time.Second
	tl := Lanes(rec)
	for _, p := range problems(rec, tl) {
		t.Error(p)
	}
	for _, l := range tl.Lanes {
		if last := l.Spans[len(l.Spans)-1]; last.State != Unseen {
			t.Errorf("goroutine %d ends %s, want %s", l.G, last.State, Unseen)
		}
	}
}

// Events that do not fit together give some lanes, with spans in order.
func FuzzLanes(f *testing.F) {
	kinds := []EventKind{Create, Begin, Wait, Done, Act, Yield, Resume, Finish, "", "?"}
	ops := []Op{Send, Receive, RangeChan, Select, SelectSend, SelectRecv, SelectElse,
		Close, Sleep, Lock, RLock, Unlock, RUnlock, WaitGroup, GroupDone, CondWait,
		Signal, Broadcast, Once, Cancel, ""}
	f.Add([]byte("\x00\x01\x00\x02\x00\x01\x00\x01\x02\x00\x01\x01\x02\x01\x02\x00"), int64(5), uint8(0))
	f.Add([]byte("\x02\x01\x03\x01\x00\x03\x02\x01\x02\x00\x01\x01\x07\x01\x02\x00"), int64(-5), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, virtual int64, end uint8) {
		rec := &Recording{Virtual: time.Duration(virtual), End: End{Kind: OK}}
		if end == 1 {
			rec.End.Kind = Deadlock
		}
		for ; len(data) >= 6; data = data[6:] {
			k := kinds[int(data[0])%len(kinds)]
			e := Event{Kind: k, G: int(data[1])%9 - 1, Op: ops[int(data[2])%len(ops)],
				Object: int(data[3]) % 4, Child: int(data[3]) % 9, Line: int(data[0]) - 3,
				At: time.Duration(int8(data[4])), Seq: int(data[5])}
			if rec.Events = append(rec.Events, e); k == "" {
				rec.Writes = append(rec.Writes, Write{Seq: e.Seq, G: e.G, At: e.At})
			}
		}
		tl := Lanes(rec)
		for _, l := range tl.Lanes {
			for i, s := range l.Spans {
				if !s.From.Before(s.To) || i > 0 && l.Spans[i-1].To != s.From {
					t.Fatalf("goroutine %d: spans %v", l.G, l.Spans)
				}
			}
		}
	})
}
