package vault

import "fmt"

// linkSnippets finds the blocks that others of the note name with `after=`,
// and says what is wrong with options.
func (n *Note) linkSnippets() (problems []Problem) {
	named := map[string]*Snippet{}
	var names []string
	for _, s := range n.Snippets {
		for _, f := range s.faults {
			problems = append(problems, s.optionProblem(f.at, f.message))
		}
		s.faults = nil
		name := s.Options.Name
		switch first := named[name]; {
		case name == "":
		case first != nil:
			problems = append(problems, s.optionProblem(s.Options.nameAt,
				fmt.Sprintf("the name %q is that of the block at line %d already",
					clip(name), first.infoLine)))
		default:
			named[name] = s
			names = append(names, name)
		}
	}
	for _, s := range n.Snippets {
		if name := s.Options.After; name != "" {
			s.After = named[name]
			if said := s.cannotFollow(names); said != "" {
				s.Broken = true
				problems = append(problems,
					s.optionProblem(s.Options.afterAt, said))
			}
		}
	}
	return append(problems, n.breakCircles()...)
}

// cannotFollow says why no block can come before this one, "" if it can.
// Between blocks of several files, what would come after what?
func (s *Snippet) cannotFollow(names []string) string {
	switch {
	case s.After == nil:
		return missingBlock(s.Options.After, names)
	case len(s.Sources) > 0:
		return "this block has several files, so that none can come before it"
	case len(s.After.Sources) > 0:
		return fmt.Sprintf("the block %q has several files, so that none"+
			" can come after it", s.Options.After)
	}
	return ""
}

// missingBlock says that there is no block of a name.
func missingBlock(name string, names []string) string {
	hint := ""
	if near := nearest(name, names); near != "" {
		hint = fmt.Sprintf(" (is %q meant?)", near)
	}
	return fmt.Sprintf("no Go block of this note says name=%q%s,"+
		" so this one does not run", clip(name), hint)
}

// breakCircles breaks the chains that have no beginning.
func (n *Note) breakCircles() (problems []Problem) {
	for _, s := range n.Snippets {
		seen := map[*Snippet]bool{}
		for b := s.After; b != nil && !s.Broken; b = b.After {
			s.Broken = b == s || b.Broken || seen[b]
			seen[b] = true
		}
		if seen[s] {
			problems = append(problems, s.optionProblem(s.Options.afterAt,
				fmt.Sprintf("after=%q leads back to this block",
					s.Options.After)))
		}
	}
	for _, s := range n.Snippets {
		if s.Broken {
			s.After = nil
		}
	}
	return problems
}

// Chain is what a program is made of: the blocks that come before this one,
// the first of all first, and then this one. It is nil where Broken.
func (s *Snippet) Chain() []*Snippet {
	if s.Broken {
		return nil
	}
	if s.After == nil {
		return []*Snippet{s}
	}
	return append(s.After.Chain(), s)
}
