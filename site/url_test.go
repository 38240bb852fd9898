package site

import (
	"math/rand/v2"
	"net/url"
	"path"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Go/Channels":         "Go/Channels",
		"A note  with spaces": "A-note-with-spaces",
		" padded / name ":     "padded/name",
		"C++":                 "C++",
		"50% off":             "50%-off",
		"Has (parens)":        "Has-(parens)",
		"v1.2 notes.":         "v1.2-notes.",
		"No\u0308te":          "N\u00f6te",
		"日本語 ノート":             "日本語-ノート",
		"../../etc/passwd":    "etc/passwd",
		"a/\x01../../b":       "b",
		"/lead/":              "lead",
		"":                    "",
		"tab\there\nthere":    "tab-here-there",
	} {
		if got := slug(in); got != want {
			t.Errorf("slug(%q): got %q, want %q", in, got, want)
		}
	}
}

// The short way to a slug leads where the long one does.
func TestSlug_plain(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	short := 0
	for range 20000 {
		p := ""
		for range r.IntN(9) {
			p += []string{"a", "B", " ", "  ", "/", ".", "..", "-", "\t", "é", "%"}[r.IntN(11)]
		}
		got, ok := plainSlug(p)
		if ok {
			short++
		}
		if want := anySlug(p); ok && got != want {
			t.Errorf("%q: got %q, want %q", p, got, want)
		}
	}
	if short == 0 {
		t.Error("no path is plain")
	}
}

func TestRelative(t *testing.T) {
	for _, c := range []struct {
		from, to URL
		fragment string
		want     string
	}{
		{"", "", "", "./"},
		{"", "Go/", "", "./Go/"},
		{"Go/", "", "", "../"},
		{"Go/Channels/", "Go/Maps/", "", "../Maps/"},
		{"Go/Channels/", "Go/Channels/", "select", "#select"},
		{"Go/Channels/", "images/a b.svg", "", "../../images/a%20b.svg"},
		{"Go/", "Go/Channels/", "x", "./Channels/#x"},
		{"a/b/c/", "a/", "", "../../"},
		{"a/", "50% off?#/", "", "../50%25%20off%3F%23/"},
		{"", "a:b/", "", "./a:b/"},
	} {
		if got := relative(c.from, c.to, c.fragment); got != c.want {
			t.Errorf("relative(%q, %q, %q): got %q, want %q", c.from, c.to, c.fragment, got, c.want)
		}
	}
}

// A browser is the witness: net/url resolves references as RFC 3986 has it.
func FuzzRelative(f *testing.F) {
	f.Add("Go/Channels", "images/50% off?.svg")
	f.Add("", "a:b/c")
	f.Fuzz(func(t *testing.T, a, b string) {
		from, to := URL(slug(a)+"/"), URL(slug(b)+"/")
		if from == "/" {
			from = ""
		}
		if to == "/" {
			to = ""
		}
		base := &url.URL{Scheme: "http", Host: "x", Path: "/site/" + string(from)}
		ref, err := url.Parse(relative(from, to, ""))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := base.ResolveReference(ref).Path, "/site/"+string(to); got != want {
			t.Errorf("from %q to %q: led to %q", from, to, got)
		}
		if p := to.file(); strings.HasPrefix(path.Clean(p), "..") {
			t.Errorf("%q leads out of the site", p)
		}
	})
}

func TestURL_root(t *testing.T) {
	for u, want := range map[URL]string{"": "./", "a/": "../", "a/b/": "../../", "404.html": "./"} {
		if got := u.root(); got != want {
			t.Errorf("root of %q: got %q, want %q", u, got, want)
		}
	}
}
