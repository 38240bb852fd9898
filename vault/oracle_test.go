package vault

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An oracle looks links up slowly, by the rules one after another, and shares
// no code with the index.
type oracle struct {
	vault, outside []string
	hidden         map[string]bool
	aliases        map[string][]string // by path
}

// An answer is what an oracle finds.
type answer struct {
	path, sub     string
	self, byAlias bool
	// doubt is set where the rules leave a choice.
	doubt bool
}

// look finds what a link of the note at from means.
func (o *oracle) look(from, link string, wiki, embed bool) answer {
	readings := []string{link}
	if !wiki {
		once := oracleDecode(link)
		readings = []string{once, link, oracleDecode(once)}
	}
	readings = slices.DeleteFunc(readings, func(r string) bool {
		name, _ := oracleSplit(r)
		return folderPath.MatchString(name)
	})
	for _, r := range readings {
		name, sub := oracleSplit(r)
		if name == "" {
			return answer{self: true, sub: sub}
		}
		a := o.file(path.Dir(from), name)
		if a.path == "" {
			continue
		}
		drawn := o.hidden[a.path] ||
			strings.HasSuffix(same(a.path), ".excalidraw.md")
		if embed && drawn {
			if d := o.export(path.Dir(from), name); d.path != "" {
				return answer{path: d.path}
			}
		}
		a.sub = sub
		return a
	}
	for _, r := range readings {
		name, sub := oracleSplit(r)
		if a := o.attachment(name); a.path != "" {
			a.sub = sub
			return a
		}
	}
	for _, r := range readings {
		name, _ := oracleSplit(r)
		if a := o.export(path.Dir(from), name); a.path != "" {
			return answer{path: a.path}
		}
	}
	for _, r := range readings {
		name, sub := oracleSplit(r)
		for _, p := range slices.Sorted(slices.Values(o.vault)) {
			for _, alias := range o.aliases[p] {
				if !o.hidden[p] && same(alias) == same(name) {
					return answer{path: p, sub: sub, byAlias: true}
				}
			}
		}
	}
	return answer{}
}

var folderPath = regexp.MustCompile(`/$|(^|/)\.\.?$`)

func oracleSplit(link string) (name, sub string) {
	if i := strings.Index(link, "#"); i >= 0 {
		link, sub = link[:i], link[i+1:]
	}
	return strings.TrimSpace(link), strings.TrimSpace(sub)
}

var encoded = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

func oracleDecode(s string) string {
	const digits = "0123456789abcdef"
	decoded := encoded.ReplaceAllStringFunc(s, func(e string) string {
		e = strings.ToLower(e)
		return string([]byte{byte(strings.IndexByte(digits, e[1])*16 +
			strings.IndexByte(digits, e[2]))})
	})
	if !utf8.ValidString(decoded) {
		return s
	}
	return decoded
}

// spaced composes letters and makes all spaces break.
func spaced(s string) string {
	s = strings.ReplaceAll(s, "\u00A0", " ")
	return norm.NFC.String(strings.ReplaceAll(s, "\u202F", " "))
}

// same is equal for names that are.
func same(s string) string {
	return norm.NFC.String(strings.ToLower(spaced(s)))
}

// file looks a path up in the vault.
func (o *oracle) file(dir, name string) answer {
	name = spaced(name)
	names := []string{name, name + ".md"}
	if !strings.Contains(path.Base(name), ".") {
		names = []string{name + ".md", name}
	}
	for i, n := range names {
		rooted := strings.HasPrefix(n, "/")
		climbs := false
		switch {
		case rooted:
			n = strings.TrimLeft(n, "/")
		case strings.HasPrefix(name, "./"), strings.HasPrefix(name, "../"):
			n, climbs = oracleWalk(spaced(dir), n)
			rooted = !climbs
		}
		if a := o.among(o.vault, spaced(dir), n, rooted); a.path != "" {
			return a
		}
		if i == 1 && climbs {
			return o.file(dir, path.Base(oracleLast(dir, name)))
		}
	}
	return answer{}
}

// oracleWalk follows a path from a folder, and says whether it climbs out.
func oracleWalk(dir, name string) (rest string, climbs bool) {
	var at []string
	if dir != "." {
		at = strings.Split(dir, "/")
	}
	for _, step := range strings.Split(name, "/") {
		switch {
		case step == "" || step == ".":
		case step != "..":
			at = append(at, step)
		case len(at) == 0:
			climbs = true
		default:
			at = at[:len(at)-1]
		}
	}
	return strings.Join(at, "/"), climbs
}

func oracleLast(dir, name string) string {
	rest, _ := oracleWalk(spaced(dir), name)
	return rest
}

// among picks the best of the files whose path ends with a name.
func (o *oracle) among(
	files []string, dir, name string, rooted bool,
) answer {
	var best []string
	bestRank := 0
	for _, f := range files {
		exact := same(f) == same(name)
		if !exact && (rooted || !strings.HasSuffix(same(f), "/"+same(name))) {
			continue
		}
		rank := 2 + utf8.RuneCountInString(same(f))
		if same(path.Dir(f)) == same(dir) {
			rank = 1
		}
		if exact {
			rank = 0
		}
		if len(best) == 0 || rank < bestRank {
			best, bestRank = nil, rank
		}
		if rank == bestRank {
			best = append(best, f)
		}
	}
	return oraclePick(best, name)
}

// oraclePick takes the first, those with the same letters before others.
func oraclePick(files []string, name string) answer {
	if len(files) == 0 {
		return answer{}
	}
	slices.SortFunc(files, func(a, b string) int {
		other := func(f string) int {
			if strings.HasSuffix(spaced(f), name) {
				return 0
			}
			return 1
		}
		return cmp.Or(other(a)-other(b), strings.Compare(a, b))
	})
	return answer{path: files[0], doubt: len(files) > 1}
}

// attachment looks a file's name up in the further folders.
func (o *oracle) attachment(name string) answer {
	name = path.Base(spaced(name))
	var named []string
	for _, f := range o.outside {
		if same(path.Base(f)) == same(name) {
			named = append(named, f)
		}
	}
	slices.SortFunc(named, func(a, b string) int {
		return utf8.RuneCountInString(same(a)) - utf8.RuneCountInString(same(b))
	})
	for i := range named {
		if utf8.RuneCountInString(same(named[i])) !=
			utf8.RuneCountInString(same(named[0])) {
			named = named[:i]
			break
		}
	}
	return oraclePick(named, name)
}

var drawingName = regexp.MustCompile(
	`(?i)^(.+?)(\.excalidraw(\.svg)?(\.md)?|\.svg\.md)$`)

// export finds the picture of a drawing.
func (o *oracle) export(dir, name string) answer {
	m := drawingName.FindStringSubmatch(name)
	if m == nil {
		return answer{}
	}
	for _, end := range []string{
		".excalidraw.svg", ".excalidraw.png", ".svg", ".png",
	} {
		if a := o.file(dir, m[1]+end); a.path != "" {
			return a
		}
		if a := o.attachment(m[1] + end); a.path != "" {
			return a
		}
	}
	return answer{}
}
