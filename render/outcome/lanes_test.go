package outcome

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"runnel/runner/timeline"
)

func init() {
	recordings["lanes_wait_group"] = waitGroup()
	recordings["lanes_pool"] = pool(3)
	recordings["lanes_many"] = many(1000)
	recordings["lanes_deadlock"] = deadlock()
	recordings["lanes_select"] = selects()
	recordings["lanes_contention"] = contention()
	recordings["lanes_timeless"] = timeless()
	recordings["lanes_panic"] = boils()
}

// drawn is the drawing of a recording, "" for none.
func drawn(rec *timeline.Recording) string {
	tl := timeline.Lanes(rec)
	if p := lanes(&tl); p != nil {
		return p.String()
	}
	return ""
}

// check checks that HTML is balanced, and that it holds nothing that a page
// must not: ids, styles, scripts.
func check(t *testing.T, page string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Errorf("open at the end: %q, %v", open, z.Err())
			}
			return
		case html.StartTagToken:
			token := z.Token()
			open = append(open, token.Data)
			for _, a := range token.Attr {
				if a.Key == "id" || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s has %s=%q", token.Data, a.Key, a.Val)
				}
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Errorf("</%s> closes %q", name, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

func TestLanes_balanced(t *testing.T) {
	for name, rec := range recordings {
		t.Run(name, func(t *testing.T) { check(t, string(HTML(&rec, nil))) })
	}
}

// storm is many goroutines that do something all the time.
func storm(goroutines, functions, rounds int) timeline.Recording {
	var r run
	for i := range goroutines {
		name := fmt.Sprintf("<b>&\"%s\" %d", strings.Repeat("long", 30), i%functions)
		r.create(1, 2+i, name, 10+i%functions)
	}
	for i := range rounds {
		for g := range goroutines {
			r.now += time.Duration(i*g%7) * 1234567 * time.Nanosecond
			r.done(2+g, timeline.Receive, 1+g%3, 7)
			r.both(2+g, timeline.Send, 1+(g+1)%3, 8)
			r.print(2+g, "x")
			r.wait(2+g, timeline.Receive, 1+g%3, 7)
		}
	}
	return r.end(timeline.OK)
}

// However much happens, the drawing has bounds.
func TestLanes_size(t *testing.T) {
	for _, test := range []struct{ goroutines, functions, rounds int }{
		{23, 23, 100}, {300, 300, 8}, {1000, 2, 2}, {3, 3, 800}, {60, 20, 40}, {1, 1, 3000},
	} {
		rec := storm(test.goroutines, test.functions, test.rounds)
		page := drawn(&rec)
		t.Logf("%v: %d bytes", test, len(page))
		if len(page) > maxLanes || len(page) < 2000 {
			t.Errorf("%v: %d bytes, want at most %d", test, len(page), maxLanes)
		}
		check(t, page)
		if n := strings.Count(page, "<li class=\"g"); n > maxRows {
			t.Errorf("%v: %d rows, want at most %d", test, n, maxRows)
		}
	}
}

// Of main alone, and of a run that was not observed, there is nothing to draw.
func TestLanes_none(t *testing.T) {
	var r run
	r.begin(1)
	r.wait(1, timeline.Sleep, 0, 3)
	r.at(10)
	r.done(1, timeline.Sleep, 0, 3)
	r.print(1, "x")
	rec := r.end(timeline.OK)
	page := string(HTML(&rec, nil))
	if strings.Contains(page, "<svg") || strings.Contains(page, "data-g") {
		t.Errorf("draws main alone:\n%s", page)
	}
}

// Goroutines of the same go statement fold into one row when there are many.
func TestLanes_fold(t *testing.T) {
	for n, want := range map[int][]string{
		23:   {"main", "worker", "worker"},
		1000: {"main", "worker ×1,000"},
	} {
		rec := many(n)
		tl := timeline.Lanes(&rec)
		rows := fold(tl.Lanes, maxRows)
		for i, name := range want {
			if got := rows[i].name(); got != name {
				t.Errorf("%d goroutines: row %d is %q, want %q", n, i, got, name)
			}
		}
	}
}

// Idle time that is longer by far than all other is drawn shorter.
func TestScale_idle(t *testing.T) {
	for _, test := range []struct {
		gaps []time.Duration
		want string
	}{
		{[]time.Duration{1, 2, 3}, "[false false false]"},
		{[]time.Duration{ms, 10 * ms}, "[false false]"},
		{[]time.Duration{ms, ms, time.Minute, ms}, "[false false true false]"},
		{[]time.Duration{ms, time.Second, 2 * time.Second}, "[false true true]"},
		{[]time.Duration{1<<63 - 1}, "[false]"},
	} {
		sums, short := idleWidths(test.gaps)
		if got := fmt.Sprint(short); got != test.want {
			t.Errorf("%v: shortened %s, want %s", test.gaps, got, test.want)
		}
		for i := range test.gaps {
			if sums[i+1] <= sums[i] {
				t.Errorf("%v: widths %v", test.gaps, sums)
			}
		}
	}
}

// Any events give balanced HTML of bounded size.
func FuzzLanes(f *testing.F) {
	kinds := []timeline.EventKind{timeline.Create, timeline.Begin, timeline.Wait, timeline.Done,
		timeline.Act, timeline.Yield, timeline.Resume, timeline.Finish, ""}
	ops := []timeline.Op{timeline.Send, timeline.Receive, timeline.Select, timeline.SelectRecv, timeline.Close,
		timeline.Sleep, timeline.Lock, timeline.Unlock, timeline.WaitGroup, timeline.GroupDone, "<b>"}
	f.Add([]byte("\x00\x00\x01\x01\x02\x00\x02\x01\x01\x02\x03\x00\x01\x02\x09"), int64(time.Second), "worker")
	f.Add([]byte("\x00\x00\x01\x01\x00\x00\x00\x02\x01\x00\x04\x02\x01\x02\x01"), int64(-1), "<script>")
	f.Fuzz(func(t *testing.T, data []byte, unit int64, name string) {
		rec := timeline.Recording{End: timeline.End{Kind: timeline.Deadlock}, Virtual: time.Duration(unit)}
		for i := 0; len(data) >= 5; data, i = data[5:], i+1 {
			e := timeline.Event{Seq: i, G: 1 + int(data[1])%60, Kind: kinds[int(data[0])%len(kinds)],
				Op: ops[int(data[2])%len(ops)], Object: int(data[3] % 4), Line: int(data[3]),
				Child: int(data[2]), Func: name, At: time.Duration(data[4]) * time.Duration(unit)}
			if rec.Events = append(rec.Events, e); e.Kind == "" {
				rec.Writes = append(rec.Writes, timeline.Write{Seq: i, G: e.G, At: e.At, Text: []byte("x\n")})
			}
		}
		page := drawn(&rec)
		check(t, page)
		if len(page) > maxLanes {
			t.Errorf("%d bytes, want at most %d", len(page), maxLanes)
		}
	})
}
