package site

import (
	"os"
	"sync/atomic"
	"testing"
	"time"
)

// dependsVault has something of all that a page may depend on.
var dependsVault = map[string]string{
	"index.md":        "---\ntitle: Home\n---\n[[a]] and [[Deep/c]]\n",
	"a.md":            "Here is [[b#Part]] and [[b#^id|it]], with [[gone]] and [[Other name]]. #t/x\n",
	"b.md":            "# B\n\nFirst words.\n\nmore words\n\n[[e]] in a sentence of b.\n",
	"Deep/c.md":       "---\nup: \"[[b]]\"\ncover: pic.png\n---\n![[d]]\n\nA page names Quiet note here.\n",
	"Deep/d.md":       "![[e#Inner]]\n\n[[file.pdf]] #go\n",
	"Deep/More/f.md":  "Nothing.\n",
	"e.md":            "## Inner\n\nThe inner text of e.\n\n![[pic.png]]\n",
	"Quiet note.md":   "---\naliases: Still\n---\nNobody links here.\n",
	"pic.png":         "not an image",
	"file.pdf":        "file",
	"Other/far.md":    "[[near]]\n",
	"Other/near.md":   "[[far]] [[hub]]\n",
	"Other/hub.md":    "A hub.\n",
	"Other/hidden.md": "---\npublish: false\n---\nhidden\n",
}

// After one change of each kind, the pages that depend on it are made again,
// and not all of them are.
func TestKeys_depends(t *testing.T) {
	t.Parallel()
	var kept atomic.Int64
	t.Cleanup(func() {
		if !t.Failed() && kept.Load() < 200 {
			t.Errorf("only %d parts are kept in all", kept.Load())
		}
	})
	for what, change := range map[string]map[string]string{
		"a heading comes":               {"b.md": "# B\n\nFirst words.\n\n## Part\n\n[[e]] in a sentence of b.\n"},
		"a block comes":                 {"b.md": "# B\n\nFirst words. ^id\n\nmore words\n\n[[e]] in a sentence of b.\n"},
		"a sentence around a link":      {"b.md": "# B\n\nFirst words.\n\nmore words\n\nAnother [[e]] in a phrase of b.\n"},
		"behind a link":                 {"b.md": "# B\n\nFirst words.\n\nmore words\n\n[[e]] in a phrase of b.\n"},
		"another of two links":          {"b.md": "# B\n\n[[a]] first.\n\n[[e]] in a sentence of b.\n"},
		"a title":                       {"b.md": "---\ntitle: New\n---\n# B\n\n[[e]] in a sentence of b.\n"},
		"an address":                    {"b.md": "---\npermalink: new/place\n---\n# B\n\n[[e]] in a sentence of b.\n"},
		"what is embedded":              {"Deep/d.md": "Other text.\n\n[[file.pdf]] #go\n"},
		"what is embedded in that":      {"e.md": "## Inner\n\nThe changed text of e.\n\n![[pic.png]]\n"},
		"a link of what is embedded":    {"e.md": "## Inner\n\nThe [[far]] text of e.\n\n![[pic.png]]\n"},
		"the size of a picture":         {"pic.png": tinyImage},
		"a picture goes":                {"pic.png": ""},
		"a picture that is nearer":      {"Deep/pic.png": tinyImage},
		"a missing note comes":          {"gone.md": "Here.\n"},
		"a note that is linked goes":    {"b.md": ""},
		"an alias comes":                {"Other/hub.md": "---\naliases: Other name\n---\nA hub.\n"},
		"a note that is nearer":         {"Deep/b.md": "Another b.\n"},
		"a hidden note is shown":        {"Other/hidden.md": "Shown.\n"},
		"a note is hidden":              {"Other/near.md": "---\npublish: false\n---\n[[far]]\n"},
		"a mention comes":               {"Other/hub.md": "Here is a Quiet note too.\n"},
		"a mention by an alias":         {"Other/hub.md": "Here it is Still.\n"},
		"a mention goes":                {"Deep/c.md": "---\nup: \"[[b]]\"\n---\n![[d]]\n"},
		"around a mention":              {"Deep/c.md": "---\nup: \"[[b]]\"\ncover: pic.png\n---\n![[d]]\n\nOther words name Quiet note.\n"},
		"behind a mention":              {"Deep/c.md": "---\nup: \"[[b]]\"\ncover: pic.png\n---\n![[d]]\n\nA page names Quiet note there.\n"},
		"two neighbours are tied":       {"Other/hub.md": "A hub. [[far]]\n"},
		"a note in the tree":            {"Deep/More/g.md": "New.\n"},
		"a folder in the tree":          {"Deep/Beside/g.md": "New.\n"},
		"a folder above":                {"Elsewhere/g.md": "New.\n"},
		"an index of a folder":          {"Deep/index.md": "Of Deep.\n"},
		"a tag":                         {"Other/hub.md": "A hub. #t/y #new\n"},
		"a tag of another case":         {"Deep/d.md": "![[e#Inner]]\n\n[[file.pdf]] #GO\n"},
		"the title of the site":         {"index.md": "---\ntitle: House\n---\n[[a]] and [[Deep/c]]\n"},
		"the address of the site":       {"index.md": "---\ntitle: Home\nbase-url: https://example.com/\n---\n[[a]] and [[Deep/c]]\n"},
		"the language of the site":      {"index.md": "---\ntitle: Home\nlang: ar\n---\n[[a]] and [[Deep/c]]\n"},
		"a style":                       {"publish.css": "p { color: red }\n"},
		"a property's link goes":        {"b.md": "", "Other/b.md": "Moved.\n"},
		"who mentions moves":            {"Deep/c.md": "", "Other/c.md": dependsVault["Deep/c.md"]},
		"who links moves":               {"b.md": "", "Other/b.md": dependsVault["b.md"]},
		"what is embedded moves":        {"Deep/d.md": "", "Other/d.md": dependsVault["Deep/d.md"]},
		"a neighbour of one moves":      {"Other/near.md": "", "Deep/near.md": dependsVault["Other/near.md"]},
		"a date":                        {"b.md": "---\ncreated: 2020-01-02\n---\n# B\n\n[[e]] in a sentence of b.\n"},
		"a file that only looks newer":  {"b.md": "# B\n\nFirst words.\n\nmore words\n\n[[e]] in a sentence of b.\n"},
		"a redirect is taken by a note": {"Still.md": "Taken.\n"},
		"the home note goes":            {"index.md": ""},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := &workedVault{dir: t.TempDir(), clock: time.Unix(1e9, 0), there: make(map[string]bool)}
			for name, text := range dependsVault {
				w.put(t, name, text)
			}
			b := recordBuild(t, w)
			b.later = time.Minute
			mustBuild(t, b)
			w.clock = w.clock.Add(48 * time.Hour)
			for name, text := range change {
				if text == "" {
					if err := os.Remove(w.file(name)); err != nil {
						t.Fatal(err)
					}
				} else {
					w.put(t, name, text)
				}
			}
			report := mustBuild(t, b)
			wantClean(t, b, report)
			kept.Add(int64(report.kept))
		})
	}
}
