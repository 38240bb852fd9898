package vault

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"runnel/pack"
)

// What a Keeper knows of a file can be kept between two runs of a tool: Pack
// writes it down, and Restore gives it to the Keeper of another run, which then
// does not read the file. Where links lead is not part of it, and found anew.

// A Packed is what was known of a note's file.
type Packed struct {
	Name  string // its path
	Facts string // what Pack wrote
	Extra any    // of the note, if it is published
}

// Sum is the hash of the file.
func (p *Packed) Sum() (sum [sha256.Size]byte) {
	copy(sum[:], p.Facts)
	return sum
}

// Restore takes over what was known of files. The caller vouches that these
// are as they were then, and that the keeper they come from had the same
// options. It is called once, before the first Update. An error says that some
// of it is not what Pack wrote; then nothing is taken.
func (k *Keeper) Restore(known []Packed) error {
	all := make([]*kept, len(known))
	errs := make([]error, len(known))
	inParallel(context.Background(), len(known), func(i int) {
		all[i], errs[i] = unpack(known[i])
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	for _, d := range all {
		k.kept[d.path] = d
	}
	return nil
}

// Listed tells a keeper which files its folder holds, so that its first Update
// need not look: those that Obsidian shows, in the order of a walk, with a slash
// behind the names of folders. None is a link or unreadable.
func (k *Keeper) Listed(names []string) {
	l := new(listing)
	for _, name := range names {
		folder, isFolder := strings.CutSuffix(name, "/")
		switch {
		case isFolder && isNote(folder):
			l.problem(folder, noteFolder)
		case isFolder:
		case isNote(name):
			l.notes = append(l.notes, name)
		default:
			l.files = append(l.files, name)
		}
	}
	k.told = l
}

// Pack appends what is known of a note's file, published or not. It is not ok
// where that is nothing, or nothing that lasts.
func (k *Keeper) Pack(b []byte, name string) (packed []byte, ok bool) {
	d := k.kept[name]
	if d == nil || d.sum == ([sha256.Size]byte{}) {
		return b, false
	}
	if d.packed != "" {
		return append(b, d.packed...), true
	}
	b = append(b, d.sum[:]...)
	b = pack.Int(b, d.body)
	b = pack.Int(b, len(d.problems))
	for _, p := range d.problems {
		b = pack.Text(b, p.Path)
		b = pack.Int(b, p.Line)
		b = pack.Int(b, p.Column)
		b = pack.Text(b, p.Message)
	}
	if d.note == nil {
		return pack.Int(b, 0), true
	}
	return d.note.pack(pack.Int(b, 1)), true
}

// Restored reports whether what is known of a file comes from Restore.
func (k *Keeper) Restored(name string) bool {
	d := k.kept[name]
	return d != nil && d.packed != ""
}

// Note is the published note at a path, nil where there is none.
func (k *Keeper) Note(name string) *Note {
	if d := k.kept[name]; d != nil {
		return d.note
	}
	return nil
}

func unpack(p Packed) (*kept, error) {
	r := pack.NewReader(p.Facts)
	d := &kept{packed: p.Facts}
	d.path = p.Name
	copy(d.sum[:], r.Take(len(d.sum)))
	d.body = r.Int()
	if n := r.Count(); n > 0 {
		d.problems = make([]Problem, n)
		for i := range d.problems {
			d.problems[i] = Problem{Path: r.Text(), Line: r.Int(), Column: r.Int(), Message: r.Text()}
		}
	}
	if r.Int() == 1 {
		d.note = &Note{Path: p.Name, Sum: d.sum, Extra: p.Extra}
		d.note.unpack(r)
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("restore what is known of %q: %w", p.Name, err)
	}
	return d, nil
}

func (n *Note) pack(b []byte) []byte {
	b = packBools(b, n.Unpublished)
	b = pack.Text(b, n.Title)
	b = n.Properties.pack(b)
	b = n.packHeadings(b)
	b = pack.Int(b, len(n.Blocks))
	for _, x := range n.Blocks {
		b = pack.Text(b, x.ID)
		b = pack.Int(b, x.Line)
	}
	b = pack.Int(b, len(n.Links))
	for _, l := range n.Links {
		b = pack.Text(b, l.Written)
		b = packBools(b, l.Embed, l.wiki, l.html)
		b = pack.Int(b, l.Line)
		b = pack.Int(b, l.Column)
	}
	b = pack.Texts(b, n.Tags)
	b = pack.Int(b, len(n.Snippets))
	for _, s := range n.Snippets {
		b = s.pack(b)
	}
	return b
}

func (n *Note) unpack(r *pack.Reader) {
	unpackBools(r, &n.Unpublished)
	n.Title = r.Text()
	n.Properties.unpack(r, n)
	n.unpackHeadings(r)
	if count := r.Count(); count > 0 {
		all := make([]Block, count)
		n.Blocks = make([]*Block, count)
		for i := range all {
			all[i] = Block{ID: r.Text(), Line: r.Int()}
			n.Blocks[i] = &all[i]
		}
	}
	if count := r.Count(); count > 0 {
		all := make([]Link, count)
		n.Links = make([]*Link, count)
		for i := range all {
			l := &all[i]
			l.From, l.Written = n, r.Text()
			unpackBools(r, &l.Embed, &l.wiki, &l.html)
			l.Line, l.Column = r.Int(), r.Int()
			n.Links[i] = l
		}
	}
	n.Tags = r.Texts()
	if count := r.Count(); count > 0 {
		n.Snippets = make([]*Snippet, count)
		for i := range n.Snippets {
			n.Snippets[i] = &Snippet{Note: n, Index: i}
		}
		for _, s := range n.Snippets {
			s.unpack(r)
		}
	}
}

func (n *Note) packHeadings(b []byte) []byte {
	number := make(map[*Heading]int, len(n.Headings))
	b = pack.Int(b, len(n.Headings))
	for i, h := range n.Headings {
		number[h] = i + 1
		b = pack.Int(b, h.Level)
		b = pack.Text(b, h.Text)
		b = pack.Text(b, h.ID)
		b = pack.Int(b, h.Line)
		b = pack.Text(b, h.written)
		shown := h.shown
		if shown == h.written {
			b = pack.Int(b, 1)
		} else {
			b = pack.Text(pack.Int(b, 0), shown)
		}
		b = pack.Int(b, number[h.parent])
	}
	return pack.Int(b, number[n.TitleHeading])
}

func (n *Note) unpackHeadings(r *pack.Reader) {
	count := r.Count()
	all := make([]Heading, count)
	if count > 0 {
		n.Headings = make([]*Heading, count)
	}
	numbered := func(number int) *Heading { // those before are there
		if number < 1 || number > count {
			return nil
		}
		return &all[number-1]
	}
	for i := range all {
		h := &all[i]
		h.Level, h.Text, h.ID, h.Line, h.written = r.Int(), r.Text(), r.Text(), r.Int(), r.Text()
		if h.shown = h.written; r.Int() == 0 {
			h.shown = r.Text()
		}
		h.parent = numbered(r.Int())
		n.Headings[i] = h
	}
	n.TitleHeading = numbered(r.Int())
}

func (p *Properties) pack(b []byte) []byte {
	for _, s := range []string{p.Title, p.Description, p.Permalink, p.Lang, p.BaseURL, p.Lab} {
		b = pack.Text(b, s)
	}
	for _, list := range [][]string{p.Tags, p.Aliases, p.CSSClasses} {
		b = pack.Texts(b, list)
	}
	b = packTime(packTime(b, p.Created), p.Modified)
	b = pack.Int(b, len(p.Other))
	for _, o := range p.Other {
		b = pack.Text(b, o.Name)
		b = pack.Texts(b, o.Values)
		// Those that have been looked through have their labels as values.
		b = pack.Int(b, len(o.Links))
		for _, l := range o.Links {
			if l == nil {
				b = pack.Int(b, 0)
			} else {
				b = pack.Text(pack.Int(b, 1), l.Written)
			}
		}
	}
	return b
}

func (p *Properties) unpack(r *pack.Reader, n *Note) {
	for _, s := range []*string{&p.Title, &p.Description, &p.Permalink, &p.Lang, &p.BaseURL, &p.Lab} {
		*s = r.Text()
	}
	for _, list := range []*[]string{&p.Tags, &p.Aliases, &p.CSSClasses} {
		*list = r.Texts()
	}
	p.Created, p.Modified = unpackTime(r), unpackTime(r)
	if count := r.Count(); count > 0 {
		p.Other = make([]Property, count)
	}
	for i := range p.Other {
		o := &p.Other[i]
		o.Name, o.Values = r.Text(), r.Texts()
		count := r.Count()
		if count == 0 {
			continue
		}
		o.Links = make([]*Link, count)
		for i := range o.Links {
			if r.Int() == 1 {
				o.Links[i] = &Link{From: n, Written: r.Text(), Line: 1, property: true}
			}
		}
	}
}

func (s *Snippet) pack(b []byte) []byte {
	o := s.Options
	b = packBools(b, s.Broken, o.Run, o.NoRun, o.Test, o.Fails)
	b = pack.Int(b, int(o.Timeout))
	b = pack.Texts(b, o.Args)
	for _, text := range []string{s.Info, s.Code, o.Engine, o.Stdin, string(o.Code), string(o.Output), string(o.Timeline), o.Name, o.After, o.Title} {
		b = pack.Text(b, text)
	}
	after := 0
	if s.After != nil {
		after = s.After.Index + 1
	}
	for _, number := range []int{o.nameAt, o.afterAt, after, s.Line, s.infoLine, s.infoColumn, len(s.columns)} {
		b = pack.Int(b, number)
	}
	for _, column := range s.columns {
		b = pack.Int(b, column)
	}
	b = pack.Int(b, len(s.Sources))
	for _, f := range s.Sources {
		b = pack.Text(b, f.Name)
		b = pack.Text(b, f.Code)
		b = pack.Int(b, f.Line)
	}
	return b
}

// unpack fills in a snippet; all of its note are there.
func (s *Snippet) unpack(r *pack.Reader) {
	o := &s.Options
	unpackBools(r, &s.Broken, &o.Run, &o.NoRun, &o.Test, &o.Fails)
	o.Timeout, o.Args = time.Duration(r.Int()), r.Texts()
	for _, text := range []*string{&s.Info, &s.Code, &o.Engine, &o.Stdin, (*string)(&o.Code), (*string)(&o.Output), (*string)(&o.Timeline), &o.Name, &o.After, &o.Title} {
		*text = r.Text()
	}
	after := 0
	for _, number := range []*int{&o.nameAt, &o.afterAt, &after, &s.Line, &s.infoLine, &s.infoColumn} {
		*number = r.Int()
	}
	if all := s.Note.Snippets; after > 0 && after <= len(all) {
		s.After = all[after-1]
	}
	if count := r.Count(); count > 0 {
		s.columns = make([]int, count)
		for i := range s.columns {
			s.columns[i] = r.Int()
		}
	}
	if count := r.Count(); count > 0 {
		s.Sources = make([]Source, count)
		for i := range s.Sources {
			s.Sources[i] = Source{Name: r.Text(), Code: r.Text(), Line: r.Int()}
		}
	}
}

// packTime keeps a time with its distance from UTC, as notes say it.
func packTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return pack.Text(b, "")
	}
	data, err := t.MarshalBinary()
	if err != nil {
		data = []byte{0} // which is none: unpackTime says so
	}
	return pack.Text(b, string(data))
}

func unpackTime(r *pack.Reader) (t time.Time) {
	text := r.Text()
	if text != "" && t.UnmarshalBinary([]byte(text)) != nil {
		r.Take(-1) // not what was written
	}
	return t
}

func packBools(b []byte, all ...bool) []byte {
	bits := 0
	for i, set := range all {
		if set {
			bits |= 1 << i
		}
	}
	return pack.Int(b, bits)
}

func unpackBools(r *pack.Reader, all ...*bool) {
	bits := r.Int()
	for i, set := range all {
		*set = bits&(1<<i) != 0
	}
}
