package site

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"runnel/vault"
)

// loadVault loads a vault as a build does.
func loadVault(t testing.TB, files map[string]string) *vault.Vault {
	t.Helper()
	fs := make(fstest.MapFS)
	for name, text := range files {
		fs[name] = &fstest.MapFile{Data: []byte(text)}
	}
	v, err := vault.Load(t.Context(), fs, vault.Options{All: true, Read: readNote})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// mentionList writes down which notes name which.
func mentionList(v *vault.Vault) (all []string) {
	near := newNearby(v, newPlan(v))
	for n, list := range near.mentions() {
		for _, m := range list {
			all = append(all, m.by.Path+" names "+n.Path)
		}
	}
	slices.Sort(all)
	return all
}

func TestMentions(t *testing.T) {
	v := loadVault(t, map[string]string{
		"index.md":   "Home of Mutexes.",
		"Mutexes.md": "---\naliases: [locking things]\n---\nMutexes are here, and worker pools.",
		"Pools.md":   "---\ntitle: Worker pools\n---\n# On Mutexes\n\nLocking  Things in `Mutexes` and [Mutexes](https://example.com). Index.",
		"Linked.md":  "See [[Mutexes]]. Mutexes again.",
		"Code.md":    "```\nMutexes\n```\n\n%%Mutexes%% <!-- Mutexes --> `Mutexes`",
		"Hidden.md":  "---\npublish: false\n---\nMutexes, and worker pools.",
		"List.md":    "- one\n- about *worker* pools and unmutexes",
	})
	got := strings.Join(mentionList(v), "\n")
	want := "List.md names Pools.md\nMutexes.md names Pools.md\nPools.md names Mutexes.md\nindex.md names Mutexes.md"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Random vaults of plain paragraphs are searched by regular expressions, for
// each pair of notes.
func TestMentions_bruteForce(t *testing.T) {
	total := 0
	for seed := range uint64(15) {
		r := rand.New(rand.NewPCG(seed, 3))
		files, titles := make(map[string]string), make([]string, 12)
		for i := range titles {
			titles[i] = fmt.Sprintf("Topic%c number%d", 'a'+i, i)
		}
		for i, title := range titles {
			var b strings.Builder
			for range r.IntN(4) {
				other := titles[r.IntN(len(titles))]
				switch r.IntN(4) {
				case 0:
					fmt.Fprintf(&b, "Link to [[%s]].\n\n", other)
				case 1:
					fmt.Fprintf(&b, "Code `%s` here.\n\n", other)
				default:
					fmt.Fprintf(&b, "Word on %s here.\n\n", strings.ToUpper(other))
				}
			}
			files[title+".md"] = b.String()
			_ = i
		}
		var want []string
		for by, text := range files {
			plain := regexp.MustCompile("`[^`]*`").ReplaceAllString(text, "")
			for to := range files {
				name := strings.TrimSuffix(to, ".md")
				if by != to && !strings.Contains(text, "[["+name+"]]") && regexp.MustCompile(`(?i)\b`+name+`\b`).MatchString(plain) {
					want = append(want, by+" names "+to)
				}
			}
		}
		slices.Sort(want)
		if got := mentionList(loadVault(t, files)); !slices.Equal(got, want) {
			t.Errorf("seed %d: got %q, want %q", seed, got, want)
		}
		total += len(want)
	}
	if total < 50 {
		t.Errorf("only %d mentions, too few to say anything", total)
	}
}

// A word that many notes say is no mention, nor is a name that many notes
// have; a page lists no more than ten notes.
func TestMentions_common(t *testing.T) {
	files := map[string]string{"Streams.md": "x", "Rare word.md": "x", "Two.md": "x",
		"a/Same.md": "x", "b/Same.md": "x", "c/Same.md": "x", "d/Same.md": "x"}
	for i := range 30 {
		files[fmt.Sprintf("n%02d.md", i)] = "of streams"
		if i < 15 {
			files[fmt.Sprintf("n%02d.md", i)] += ", rare word, same"
		}
	}
	all := mentionList(loadVault(t, files))
	if len(all) != maxMentions || all[0] != "n00.md names Rare word.md" || all[9] != "n09.md names Rare word.md" {
		t.Errorf("got %q", all)
	}
}

func TestTextFragment(t *testing.T) {
	for _, c := range []struct{ text, mark, want string }{
		{"one two three", "two", "text=one-,two,-three"},
		{"two three", "two", "text=two,-three"},
		{"a-b, well-known & c", "well-known", "text=a%2Db%2C-,well%2Dknown,-%26"},
		{"“two” three", "two", "text=two"},
	} {
		at := strings.Index(c.text, c.mark)
		if got := textFragment(c.text, at, at+len(c.mark)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// BenchmarkMentions looks for the names of 10,000 notes in all of them; their
// reading is not counted.
func BenchmarkMentions(b *testing.B) {
	v := loadVault(b, syntheticVault(10_000))
	plan := newPlan(v)
	for b.Loop() {
		near := newNearby(v, plan)
		plan.names = func() *names { return newNames(v, plan.home) }
		near.mentions()
	}
}
