package vault

import (
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// A decision is what a note says about its publishing.
type decision uint8

const (
	unsaid decision = iota
	yes
	no
	unclear // said, but neither yes nor no
)

// published decides whether a note may be read by all. Where it is unclear,
// it may not.
func (r *propertyReader) published(all bool) bool {
	if r.draft != unsaid && r.draft != no {
		return false
	}
	return r.publish == yes || all && r.publish == unsaid
}

// decide reads a property that is yes or no. Said twice, the answer that
// hides the note counts.
func (r *propertyReader) decide(
	d *decision, value *yaml.Node, at func(string) Problem, name string,
) {
	said := unclear
	if value.Kind == yaml.ScalarNode {
		said = parseDecision(value.Value)
	}
	if said == unclear {
		r.problems = append(r.problems, at(fmt.Sprintf(
			"the property %q is neither true nor false;"+
				" the note is not published", name)))
	}
	if said != unsaid {
		*d = stricter(name, *d, said)
	}
}

func parseDecision(s string) decision {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "~", "null":
		return unsaid
	case "true", "yes", "on":
		return yes
	case "false", "no", "off":
		return no
	}
	return unclear
}

// stricter returns which of two answers hides the note.
func stricter(name string, a, b decision) decision {
	shows := yes
	if name == "draft" {
		shows = no
	}
	switch {
	case a == unsaid || a == shows:
		return b
	default:
		return a
	}
}

// hidingLine matches a property in broken YAML or JSON that may say that the
// note is private, wherever it stands. Its value is not read as YAML.
var hidingLine = regexp.MustCompile(
	`(?im)(?:^|[{,])[ \t>{,?-]*["']?(publish|draft)["']?[ \t]*:[ \t]*["']?` +
		`([^"'#\r\n,}]*)`)

// hideIfSaid takes the answers that hide a note, and only those, from a text
// that is not YAML.
func (r *propertyReader) hideIfSaid(text []byte) {
	for _, m := range hidingLine.FindAllSubmatch(text, -1) {
		name, said := strings.ToLower(string(m[1])), parseDecision(string(m[2]))
		switch {
		case name == "publish" && (said == no || said == unclear):
			r.publish = stricter(name, r.publish, no)
		case name == "draft" && (said == yes || said == unclear):
			r.draft = stricter(name, r.draft, yes)
		}
	}
}
