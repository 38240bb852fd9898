package site

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"path"
	"slices"
	"strings"
	"sync"

	"runnel/graph"
	"runnel/theme"
	"runnel/vault"
)

// The page of the graph of all notes has a drawing, made by a script from a
// file of data, and lists of links, which are all there is without scripts.
// Both hold what the vault does: published notes.

// Bounds of the lists.
const (
	maxMostLinked = 40
	maxMapFolders = 40
	maxMapNotes   = 12 // of each folder
)

// mapPage makes the page and its data.
func (p *pages) mapPage() error {
	if p.plan.graph == "" {
		return nil
	}
	g := p.nearby.graph()
	links := 0
	for i := range g.Nodes() {
		links += len(g.Neighbours(i))
	}
	page := p.base(p.plan.graph, "Graph", ".", nil)
	page.Here = "graph"
	page.Map = &theme.Map{Notes: g.Nodes(), Links: links / 2, Data: relative(p.plan.graph, p.plan.graphData, "")}
	page.List = &theme.List{Groups: p.mapLists(g)}
	if err := p.write(p.plan.graph, page); err != nil {
		return err
	}
	return p.out.Write(p.plan.graphData.file(), p.mapData(g, p.plan.placing.of(g)))
}

// mapLists are the notes that are linked most, of all and of each folder.
func (p *pages) mapLists(g *graph.Graph) []theme.Group {
	top := p.plan.top
	groups := []theme.Group{{Title: "Linked most", Items: p.mostLinked(g, p.nearby.notes, maxMostLinked)}}
	for _, f := range top.Folders[:min(len(top.Folders), maxMapFolders)] {
		items := []theme.Item{{Link: theme.Link{Text: f.name(), Href: relative(p.plan.graph, f.URL, "")},
			Aside: count(f.size(), "note"), Folder: true}}
		groups = append(groups, theme.Group{Title: f.name(), Items: append(items, p.mostLinked(g, f.all(nil), maxMapNotes)...)})
	}
	return groups
}

// mostLinked lists those of some notes that have links, most first.
func (p *pages) mostLinked(g *graph.Graph, notes []*vault.Note, most int) []theme.Item {
	linked := make([]int, 0, len(notes))
	for _, n := range notes {
		if i := p.nearby.index[n]; len(g.Neighbours(i)) > 0 {
			linked = append(linked, i)
		}
	}
	slices.SortFunc(linked, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(g.Neighbours(b)), len(g.Neighbours(a))), cmp.Compare(a, b))
	})
	var items []theme.Item
	for _, i := range linked[:min(len(linked), most)] {
		items = append(items, theme.Item{Link: p.nearby.link(p.plan.graph, p.nearby.notes[i]),
			Aside: count(len(g.Neighbours(i)), "neighbour")})
	}
	return items
}

// all appends the notes in a folder and below it.
func (f *folder) all(notes []*vault.Note) []*vault.Note {
	if f.Index != nil {
		notes = append(notes, f.Index)
	}
	notes = append(notes, f.Notes...)
	for _, sub := range f.Folders {
		notes = sub.all(notes)
	}
	return notes
}

// A placing keeps where nodes were placed, as long as the graph is the same.
type placing struct {
	mu sync.Mutex
	places
}

// places are those of the nodes of a graph with a sum.
type places struct {
	sum uint64
	at  []graph.Point
}

func (p *placing) of(g *graph.Graph) []graph.Point {
	p.mu.Lock()
	defer p.mu.Unlock()
	if sum := g.Sum(); p.at == nil || sum != p.sum {
		p.sum, p.at = sum, g.Layout()
	}
	return p.at
}

// extent is the length of the square that places are in, in whole numbers.
const extent = 20000

// mapData writes the graph down for the script, as lists of equal length:
// titles, folders of the pages (by number) with the page's own part of the
// address (0 where that is the title with hyphens), top folders of the vault
// (by number), places. Of the links of a note, those to notes that come after
// it: how many there are, then how far on each is from the one before.
func (p *pages) mapData(g *graph.Graph, at []graph.Point) []byte {
	d := struct {
		Titles  []string `json:"titles"`
		Names   []any    `json:"names"`
		Dirs    []string `json:"dirs"`
		Dir     []int    `json:"dir"`
		Folders []string `json:"folders"`
		Folder  []int    `json:"folder"`
		X       []int    `json:"x"`
		Y       []int    `json:"y"`
		Links   []int    `json:"links"`
	}{Dirs: []string{}, Folders: []string{}, Links: []int{}}
	dirs, folders := make(map[string]int), make(map[string]int)
	for i, n := range p.nearby.notes {
		dir, name := path.Split(strings.TrimSuffix(p.plan.notes[n].escape(), "/"))
		d.Titles = append(d.Titles, n.Title)
		d.Dir = append(d.Dir, number(dirs, &d.Dirs, dir))
		if name == strings.ReplaceAll(n.Title, " ", "-") {
			d.Names = append(d.Names, 0)
		} else {
			d.Names = append(d.Names, name)
		}
		folder, _, below := strings.Cut(n.Path, "/")
		if !below {
			folder = ""
		}
		d.Folder = append(d.Folder, number(folders, &d.Folders, folder))
		d.Links = appendLinks(d.Links, g.Neighbours(i), i)
	}
	d.X, d.Y = squared(at)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(d) // to memory, of texts and numbers
	return b.Bytes()
}

// number is the place of a name in a list, which it is added to.
func number(known map[string]int, list *[]string, name string) int {
	i, ok := known[name]
	if !ok {
		i = len(*list)
		known[name] = i
		*list = append(*list, name)
	}
	return i
}

func appendLinks(links []int, near []graph.Neighbour, node int) []int {
	at := len(links)
	links = append(links, 0)
	for _, n := range near {
		if n.Node > node {
			links = append(links, n.Node-node)
			links[at]++
			node = n.Node
		}
	}
	return links
}

// squared brings places into a square of whole numbers.
func squared(at []graph.Point) (x, y []int) {
	low, high := graph.Point{X: math.Inf(1), Y: math.Inf(1)}, graph.Point{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, p := range at {
		low = graph.Point{X: min(low.X, p.X), Y: min(low.Y, p.Y)}
		high = graph.Point{X: max(high.X, p.X), Y: max(high.Y, p.Y)}
	}
	scale := extent / max(high.X-low.X, high.Y-low.Y, 1e-9)
	for _, p := range at {
		x = append(x, int(math.Round((p.X-(low.X+high.X)/2)*scale))+extent/2)
		y = append(y, int(math.Round((p.Y-(low.Y+high.Y)/2)*scale))+extent/2)
	}
	return x, y
}
