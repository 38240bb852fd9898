package vault

// settle moves what a note is left with, now that its tree is gone, to a few
// pieces of memory of its own. Where it was made it lies scattered among the
// nodes of trees, and would keep that memory from being used for anything
// else: in a large vault half of the heap.
func (n *Note) settle() {
	var texts joiner
	texts.add(&n.Title)
	texts.list(n.Tags)
	n.Properties.settle(&texts)

	links, linkOf := make([]Link, len(n.Links)), make([]*Link, len(n.Links))
	for i, l := range n.Links {
		links[i], linkOf[i] = *l, &links[i]
		texts.add(&links[i].Written)
	}
	n.Links = linkOf

	headings, headingOf := make([]Heading, len(n.Headings)), make([]*Heading, len(n.Headings))
	for i, h := range n.Headings {
		headings[i], headingOf[i] = *h, &headings[i]
		to := &headings[i]
		texts.add(&to.Text)
		texts.add(&to.ID)
		texts.add(&to.written)
		if to.shown != to.written {
			texts.add(&to.shown)
		}
		to.parent = nil
		if i > 0 {
			to.parent = headingOf[i-1].above(to.Level)
		}
		if n.TitleHeading == h {
			n.TitleHeading = to
		}
	}
	n.Headings = headingOf

	blocks, blockOf := make([]Block, len(n.Blocks)), make([]*Block, len(n.Blocks))
	for i, b := range n.Blocks {
		blocks[i], blockOf[i] = *b, &blocks[i]
		texts.add(&blocks[i].ID)
	}
	n.Blocks = blockOf

	texts.join()
	for _, h := range n.Headings {
		if h.shown == h.written {
			h.shown = h.written // one string, not two
		}
	}
}

func (p *Properties) settle(texts *joiner) {
	for _, s := range []*string{&p.Title, &p.Description, &p.Permalink, &p.Lang, &p.BaseURL, &p.Lab} {
		texts.add(s)
	}
	texts.list(p.Tags)
	texts.list(p.Aliases)
	texts.list(p.CSSClasses)
	for i := range p.Other {
		texts.add(&p.Other[i].Name)
		texts.list(p.Other[i].Values)
		links := make([]Link, len(p.Other[i].Links))
		for j, l := range p.Other[i].Links {
			if l != nil {
				links[j] = *l
				p.Other[i].Links[j] = &links[j]
				texts.add(&links[j].Written)
			}
		}
	}
}

// A joiner makes strings parts of one.
type joiner struct {
	at  []*string
	all []byte
}

func (t *joiner) add(s *string) {
	if *s != "" {
		t.at = append(t.at, s)
		t.all = append(t.all, *s...)
	}
}

func (t *joiner) list(all []string) {
	for i := range all {
		t.add(&all[i])
	}
}

func (t *joiner) join() {
	one := string(t.all)
	for _, s := range t.at {
		size := len(*s)
		*s, one = one[:size], one[size:]
	}
}
