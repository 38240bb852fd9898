package site

import (
	"net/url"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A URL is an address from the site's root, not escaped and without a slash
// before it: "Go/My-Note/" for a page, "images/x.svg" for a file, "" for the
// home page.
type URL string

// file is the path of the file that a server sends for the address.
func (u URL) file() string {
	if u == "" || strings.HasSuffix(string(u), "/") {
		return string(u) + "index.html"
	}
	return string(u)
}

// root leads from the page at u to the site's root: "./", "../../".
func (u URL) root() string {
	n := strings.Count(string(u), "/")
	if n == 0 {
		return "./"
	}
	if n <= len(ups)/len("../") {
		return ups[:n*len("../")]
	}
	return strings.Repeat("../", n)
}

const ups = "../../../../../../../../"

// escape writes u as a browser wants it in an address.
func (u URL) escape() string {
	if u.isPlain() {
		return string(u)
	}
	parts := strings.Split(string(u), "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

// isPlain reports whether all characters may stand in an address as they are.
// Of those that may, it knows the most common.
func (u URL) isPlain() bool {
	for i := range len(u) {
		if !plainInURL[u[i]] {
			return false
		}
	}
	return true
}

var plainInURL = func() (plain [256]bool) {
	for c := range plain {
		plain[c] = strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.", rune(c))
	}
	return plain
}()

// escapeFragment writes a fragment with what an address may hold: of the marks
// in the names of headings and blocks it may not hold `^` and a few more
// (https://url.spec.whatwg.org/#url-code-points).
func escapeFragment(fragment string) string {
	if !strings.ContainsFunc(fragment, notInFragment) {
		return fragment
	}
	var b strings.Builder
	for _, r := range fragment {
		if notInFragment(r) {
			b.WriteString(url.PathEscape(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func notInFragment(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune("\"#%<>[\\]^`{|}", r)
}

// relative is the address of to as a link on the page at from: it works under
// any path of any host. It begins with a dot or is a fragment alone, so that a
// colon in a name is never taken for the end of a scheme.
func relative(from, to URL, fragment string) string {
	if fragment != "" {
		fragment = "#" + escapeFragment(fragment)
		if from == to {
			return fragment
		}
	}
	same := 0 // how much of their folders is the same
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			same = i + 1
		}
	}
	return from[same:].root() + to[same:].escape() + fragment
}

// slug turns a path of the vault into one of the site: the letter case stays,
// each run of spaces becomes a hyphen, and letters are composed (NFC), since
// the same name comes composed or not from different disks. The result never
// leads out of the site.
func slug(vaultPath string) string {
	if plain, ok := plainSlug(vaultPath); ok {
		return plain
	}
	return anySlug(vaultPath)
}

func anySlug(vaultPath string) string {
	parts := strings.Split(norm.NFC.String(vaultPath), "/")
	for i, p := range parts {
		parts[i] = strings.Join(strings.FieldsFunc(p, notInURL), "-")
	}
	return strings.TrimPrefix(path.Clean("/"+strings.Join(parts, "/")), "/")
}

// plainSlug does the same for most paths, in little time; it is not ok for
// others.
func plainSlug(p string) (slug string, ok bool) {
	b := make([]byte, 0, len(p))
	gap := false
	for i := range len(p) {
		c := p[i]
		starts := len(b) == 0 || b[len(b)-1] == '/' // a part of the path
		switch {
		case c == ' ':
			gap = !starts
			continue
		case c < ' ' || c >= 0x7f, starts && (c == '.' || c == '/'):
			return "", false
		case gap && c != '/':
			b = append(b, '-')
		}
		gap = false
		b = append(b, c)
	}
	return string(b), len(b) > 0 && b[len(b)-1] != '/'
}

// notInURL reports what stands in no address of ours: spaces and control
// characters.
func notInURL(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
