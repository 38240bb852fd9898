package vault

import (
	"regexp"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// texts returns the texts of a value, one for a single value and one each for
// a list. What is empty is nothing. Objects give "name: value" each.
func texts(n *yaml.Node, depth int) []string {
	if depth > 8 {
		return nil
	}
	var values []string
	switch n.Kind {
	case yaml.ScalarNode:
		if s := strings.TrimSpace(n.Value); s != "" && n.Tag != "!!null" {
			values = append(values, s)
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			values = append(values, texts(c, depth+1)...)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			for _, s := range texts(n.Content[i+1], depth+1) {
				values = append(values, n.Content[i].Value+": "+s)
			}
		}
	}
	return values
}

// words splits values at commas and white space.
func words(values []string) []string {
	return strings.FieldsFunc(strings.Join(values, ","), func(r rune) bool {
		return r == ',' || r == ' ' || r == '\t' || r == '\n'
	})
}

// aliasNames splits a single text at its commas. In a list each item is one
// alias, which may hold a comma.
func aliasNames(n *yaml.Node, values []string) []string {
	if n.Kind != yaml.ScalarNode {
		return values
	}
	var names []string
	for _, name := range strings.Split(values[0], ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// dateLayouts are those of Obsidian's own properties, then those of the
// templates that people use.
var dateLayouts = []string{
	"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04",
	"2006-01-02 15:04:05", "2006-01-02 15:04", time.RFC3339,
	"2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006/01/02",
	"02.01.2006", "2 January 2006", "2 January 2006 15:04:05",
	"Monday 2 January 2006", "Monday 2 January 2006 15:04:05",
	"January 2, 2006", "2 Jan 2006", "Jan 2, 2006",
}

// ordinal is the ending of "27th".
var ordinal = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)

// parseDate reads a date, which may stand in the brackets of a link to a
// daily note. One without a zone is taken as UTC.
func parseDate(s string) (time.Time, bool) {
	s = strings.Trim(s, "[]")
	if t, ok := parsePlainDate(s); ok {
		return t, true
	}
	plain := ordinal.ReplaceAllString(s, "$1")
	if plain == s {
		return time.Time{}, false
	}
	return parsePlainDate(plain)
}

func parsePlainDate(s string) (time.Time, bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
