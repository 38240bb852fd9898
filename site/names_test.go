package site

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// oddNames are names that disks allow and that sites break.
var oddNames = []string{
	"C++", "50% off", "100%25", "Has (parens)", "Has & amp", "It's", "a+b", "What if; then", "semi;colon",
	"v1.2 notes", "trailing dot.", "日本語 ノート", "Привет", "emoji 😀 note", "No\u0308te NFD", "N\u00f6te two",
	"comma, name", "equals=name", "at@sign", "tilde~name", "dollar$name", "exclaim!", "UPPER", "MiXed Case",
	"Case twin", "case twin/inner", "index", "sub/index", "404", "tags", "tags/go", "all-notes", "assets",
	"both", "both/inner", "both/both", "double  space", "under_score", "dash-name", "…ellipsis", "a.b.c",
	"Dup", "sub/Dup", "sub/deep/Dup", strings.Repeat("long ", 40) + "name",
}

// Each odd note is reached by following the link of the home page through a
// server, as a browser would, also below a path.
func TestNames_areReachable(t *testing.T) {
	dir := t.TempDir()
	files := make(map[string]string)
	var home strings.Builder
	home.WriteString("---\ntags: [go]\n---\n")
	for i, name := range oddNames {
		files[name+".md"] = fmt.Sprintf("body %d here\n", i)
		fmt.Fprintf(&home, "- [[/%s|to %d]]\n", name, i)
	}
	delete(files, "index.md")
	files["home.md"] = home.String()
	files["index.md"] = "body " + fmt.Sprint(indexOf("index")) + " here [[home]]\n"
	writeFiles(t, filepath.Join(dir, "notes"), files)
	b := Build{Notes: filepath.Join(dir, "notes"), Out: filepath.Join(dir, "out"), All: true, Runner: testRunner(t)}
	report, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if !strings.Contains(p.Message, "wants the address") {
			t.Errorf("%s:%d: %s", p.Path, p.Line, p.Message)
		}
	}
	server := httptest.NewServer(http.StripPrefix("/a/b", http.FileServer(http.Dir(b.Out))))
	defer server.Close()
	page := server.URL + "/a/b/home/"
	links := linksOf(t, page, get(t, page))
	for i, name := range oddNames {
		to := links[fmt.Sprintf("to %d", i)]
		if to == "" {
			t.Errorf("%q: no link on the home page", name)
			continue
		}
		if want := fmt.Sprintf("body %d here", i); !strings.Contains(get(t, to), want) {
			t.Errorf("%q: the page at %s does not hold %q", name, to, want)
		}
	}
}

func indexOf(name string) int {
	for i, n := range oddNames {
		if n == name {
			return i
		}
	}
	return -1
}

func get(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", address, response.Status)
	}
	return string(data)
}

// linksOf gives the addresses of a page's links by their text, resolved as a
// browser does.
func linksOf(t *testing.T, address, page string) map[string]string {
	t.Helper()
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	links := make(map[string]string)
	for n := range root.Descendants() {
		if n.Data != "a" || n.FirstChild == nil {
			continue
		}
		for _, a := range n.Attr {
			ref, err := url.Parse(a.Val)
			if a.Key == "href" && err == nil {
				links[n.FirstChild.Data] = base.ResolveReference(ref).String()
			}
		}
	}
	return links
}
