package runner

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// tableFile holds the tables of what the engines get right.
const tableFile = "../docs/fidelity.md"

// tables is locked while the file is read or written.
var tables sync.Mutex

// section changes a part of the file, which stands between two comments that
// have its name. Without -update the part has to be like that already.
func section(t *testing.T, name string, change func(old string) string) {
	t.Helper()
	tables.Lock()
	defer tables.Unlock()
	data, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->\n"
	before, rest, ok := strings.Cut(string(data), begin)
	old, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no section %q", tableFile, name)
	}
	changed := change(old)
	if changed == old {
		return
	}
	if !*update {
		t.Errorf("%s: got\n%swant\n%s(go test ./runner -update -all)",
			tableFile, changed, old)
		return
	}
	data = []byte(before + begin + changed + end + after)
	if err := os.WriteFile(tableFile, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// checkSection holds a section against what was found.
func checkSection(t *testing.T, name, found string) {
	t.Helper()
	section(t, name, func(string) string { return found })
}

// listed is a list of lines in Markdown.
func listed(lines []string) string {
	if len(lines) == 0 {
		return "none\n"
	}
	return "- " + strings.Join(lines, "\n- ") + "\n"
}

// tableColumns are the columns of a table, by the engine that fills them.
var tableColumns = map[string]map[mark]int{
	"yaegi": {right: 2, declined: 3, wrong: 4},
	"go":    {right: 5, wrong: 6},
}

// checkTable holds the columns of an engine against what was found.
func checkTable(t *testing.T, name, engine string, found counts) {
	t.Helper()
	section(t, name, func(old string) string {
		return filled(old, engine, found)
	})
}

const tableHead = `| topic | programs | right by yaegi | declined | wrong | right by go | wrong |
|---|--:|--:|--:|--:|--:|--:|
`

// filled is a table with the columns of one engine filled anew.
func filled(old, engine string, found counts) string {
	rows := map[string][]string{}
	for line := range strings.Lines(old) {
		line = strings.TrimSuffix(strings.TrimPrefix(line, "| "), " |\n")
		if cells := strings.Split(line, " | "); len(cells) == 7 {
			rows[cells[0]] = cells
		}
	}
	row := func(topic string, n tally) string {
		cells := rows[topic]
		if cells == nil {
			cells = []string{"", "", "", "", "", "", ""}
		}
		cells[0], cells[1] = topic, strconv.Itoa(n.all())
		for m, i := range tableColumns[engine] {
			cells[i] = strconv.Itoa(n[m])
		}
		return fmt.Sprintf("| %s |\n", strings.Join(cells, " | "))
	}
	table := tableHead
	for _, topic := range found.topics() {
		table += row(topic, tally(found[topic]))
	}
	return table + row("all", found.total())
}
