package search

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
)

// Sizes of the files, in bytes before a host compresses them.
const (
	wordsSize = 6 << 10
	spellSize = 8 << 10
	textSize  = 11 << 9
)

// Notes of a group.
const (
	leastGroup = 8
	mostGroup  = 24
)

// fewFiles are as many as [Index] names itself. Where there are more it names
// lists of their names, for about so many each.
const fewFiles = 32

// Index is the name of the file that is fetched first. The others are in the
// folder "files" beside it.
const Index = "index.json"

// An index is what that file holds.
type index struct {
	// Parts counts those of all notes.
	Parts int `json:"parts"`
	// Words, Spellings and Backwards are files of lines, with how the first
	// line of each begins. Those of Backwards are by their last letters.
	Words     shelf `json:"words"`
	Spellings shelf `json:"spellings"`
	Backwards shelf `json:"backwards"`
	// Groups are files of notes, or where Deep is set, lists of the names of
	// 32 groups each.
	Groups string `json:"groups"` // the names, one after another
	Deep   bool   `json:"deep"`
	// Counts are how many parts each note has: a line for each group, and in
	// it a number for each note, "1" left empty.
	Counts string `json:"counts"`
}

// A shelf is a row of files that are in order.
type shelf struct {
	First string `json:"first"` // what each begins with, a line each
	Files string `json:"files"` // the names, one after another
	Deep  bool   `json:"deep"`  // the files are shelves themselves
}

// Write makes the files of an index, the one named [Index] last. It stops at
// the first error.
func Write(notes []Note, write func(name string, data []byte) error) error {
	return (&writer{write: write, taken: map[string]bool{}}).all(notes)
}

func (w *writer) all(notes []Note) error {
	ix := &index{}
	for _, n := range notes {
		ix.Parts += len(n.Parts)
	}
	var words, all []*word
	var gathered sync.WaitGroup
	gathered.Go(func() {
		var revised bool
		if words, all, revised = w.revise(notes, ix.Parts); revised {
			return
		}
		words = gather(notes)
		all = merge(words, (&starrer{parts: ix.Parts}).stars(words))
	})
	err := w.groups(notes, ix)
	gathered.Wait()
	if err == nil {
		err = w.spell(words, ix)
	}
	if err == nil {
		err = w.words(all, ix)
	}
	if err != nil {
		return err
	}
	return w.write(Index, encode(ix))
}

type writer struct {
	write func(string, []byte) error
	taken map[string]bool
	texts []byte // that wait to be a file

	memory    *Memory // may be nil
	groupsNow map[string]Group
}

// nameSize is how long the names of files are, without their ending.
const nameSize = 8

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// file writes a file under the name that its content gives it.
func (w *writer) file(data []byte, ending string) (name string, err error) {
	name = nameOf(data)
	if w.taken[name+ending] {
		return name, nil
	}
	w.taken[name+ending] = true
	return name, w.write(name+ending, data)
}

func nameOf(data []byte) string {
	sum := sha256.Sum256(data)
	return letters.EncodeToString(sum[:5])
}

func encode(v any) []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // strings and numbers alone
	}
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

// words writes the files of words. Where one ends depends on the words near
// by alone, so that few files change with a note.
func (w *writer) words(words []*word, ix *index) error {
	f := files{writer: w, shelf: &ix.Words, size: wordsSize}
	for _, word := range words {
		if err := f.line(word.text, word.written); err != nil {
			return err
		}
	}
	return f.end()
}

// files writes lines that are in order to files of about one size.
type files struct {
	*writer
	shelf *shelf
	size  int

	data          []byte
	first         string // what data begins with, apart from the line before
	last          string // line
	firsts, names []string
}

// line adds a line that begins with key.
func (f *files) line(key string, rest []byte) error {
	room := f.size - len(f.data)
	if n := len(key) + len(rest) + 2; room < f.size && (n > room+f.size/4 || n > room-f.size/2 && hashed(key)%8 == 0) {
		if err := f.flush(); err != nil {
			return err
		}
	}
	if len(f.data) == 0 {
		f.first = apart(f.last, key)
	}
	f.data = append(f.data, key...)
	f.data = append(f.data, ' ')
	f.data = append(f.data, rest...)
	f.data = append(f.data, '\n')
	f.last = key
	return nil
}

// flush writes the file that is begun.
func (f *files) flush() error {
	if len(f.data) == 0 {
		return nil
	}
	name, err := f.file(f.data, ".txt")
	f.names, f.firsts = append(f.names, name), append(f.firsts, f.first)
	f.data = nil
	return err
}

// end writes what is left, and fills the shelf.
func (f *files) end() error {
	if err := f.flush(); err != nil {
		return err
	}
	if len(f.names) <= 2*fewFiles {
		*f.shelf = shelfOf(f.firsts, f.names)
		return nil
	}
	var firsts, names []string
	for from := 0; from < len(f.names); {
		to := from + 1
		for to < len(f.names) && to < from+2*fewFiles && (to < from+fewFiles/2 || hashed(f.firsts[to])%fewFiles != 0) {
			to++
		}
		name, err := f.file(encode(shelfOf(f.firsts[from:to], f.names[from:to])), ".json")
		if err != nil {
			return err
		}
		firsts, names = append(firsts, f.firsts[from]), append(names, name)
		from = to
	}
	*f.shelf = shelfOf(firsts, names)
	f.shelf.Deep = true
	return nil
}

func shelfOf(firsts, names []string) shelf {
	return shelf{First: strings.Join(firsts, "\n"), Files: strings.Join(names, "")}
}

func hashed(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return h.Sum32()
}

// apart is the shortest beginning of key that is greater than last.
func apart(last, key string) string {
	for i := range key {
		if key[:i] > last {
			return key[:i]
		}
	}
	return key
}

// groups writes what is shown of notes. A group does not change when a note
// far from it comes or goes.
func (w *writer) groups(notes []Note, ix *index) error {
	var counts strings.Builder
	var names []string
	for len(notes) > 0 {
		n := 1
		for n < len(notes) && n < mostGroup && (n < leastGroup || hashed(notes[n].Address)%8 != 0) {
			n++
		}
		name, err := w.group(notes[:n])
		if err != nil {
			return fmt.Errorf("index %q: %w", notes[0].Address, err)
		}
		names = append(names, name)
		for i, note := range notes[:n] {
			if i > 0 {
				counts.WriteByte(' ')
			}
			if len(note.Parts) > 1 {
				fmt.Fprint(&counts, len(note.Parts))
			}
		}
		counts.WriteByte('\n')
		notes = notes[n:]
	}
	ix.Counts = counts.String()
	if len(names) <= 2*fewFiles {
		ix.Groups = strings.Join(names, "")
		return nil
	}
	ix.Deep = true
	for some := range slices.Chunk(names, fewFiles) {
		name, err := w.file([]byte(strings.Join(some, "")), ".txt")
		if err != nil {
			return err
		}
		ix.Groups += name
	}
	return nil
}

// A group is the file of some notes.
type group struct {
	// Notes are title, address, folder, aliases and tags of each.
	Notes [][]string `json:"notes"`
	// Texts are the files with their texts, Counts how many parts are in each.
	Texts  string `json:"texts"`
	Counts []int  `json:"counts"`
}

func (w *writer) group(notes []Note) (name string, err error) {
	key, name := w.known(notes)
	if name != "" {
		return name, nil
	}
	g := group{}
	file, texts := w.texts[:0], 0
	defer func() { w.texts = file }()
	end := func() error {
		if texts == 0 {
			return nil
		}
		file = append(file, ']')
		name, err := w.file(file, groupEnding)
		g.Texts += name
		g.Counts = append(g.Counts, texts)
		file, texts = file[:0], 0
		return err
	}
	for _, n := range notes {
		g.Notes = append(g.Notes, strings.Split(n.line(), "\n"))
		eachText(n.Sections(), func(text []byte) {
			if len(file)+len(text) > textSize && err == nil {
				err = end()
			}
			if texts == 0 {
				file = append(file, '[')
			} else {
				file = append(file, ",\n"...)
			}
			file = append(file, text...)
			texts++
		})
	}
	if err == nil {
		err = end()
	}
	if err != nil {
		return "", err
	}
	name, err = w.file(encode(g), groupEnding)
	if key != "" && err == nil {
		w.groupsNow[key] = Group{name, g.Texts}
	}
	return name, err
}

// line is what is shown of a note: title, address, folder; then, where there
// are some, its aliases and its tags.
func (n *Note) line() string {
	fields := []string{n.Title, n.Address, n.Folder, strings.Join(n.Aliases, ", ")}
	if len(n.Tags) > 0 {
		fields = append(fields, "#"+strings.Join(n.Tags, " #"))
	}
	for i := range fields {
		fields[i] = valid(strings.ReplaceAll(fields[i], "\n", " "))
	}
	return strings.TrimRight(strings.Join(fields, "\n"), "\n")
}
