package site

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"runnel/vault"
)

// settings are what the properties of the home note say of the whole site.
type settings struct {
	Title       string
	Description string
	Lang        string
	BaseURL     string // ends with a slash, or ""
}

// newSettings reads them. folder is the title of a site without a home note,
// and base the address that the caller gives, before that of the note.
func newSettings(home *vault.Note, folder, base, fallback string) (settings, []vault.Problem) {
	s := settings{Title: folder, Lang: "en", BaseURL: base}
	where := ""
	if home != nil {
		q := home.Properties
		s.Description = q.Description
		if !isFileName(home) {
			s.Title = home.Title
		}
		if q.Lang != "" {
			s.Lang = q.Lang
		}
		if base == "" {
			s.BaseURL, where = q.BaseURL, home.Path
		}
	}
	if s.BaseURL == "" {
		s.BaseURL, where = fallback, ""
	}
	if s.BaseURL == "" {
		return s, nil
	}
	u, err := url.Parse(s.BaseURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		bad := vault.Problem{Path: where, Message: "base-url " + strconv.Quote(s.BaseURL) +
			" is not an address such as \"https://example.com/notes/\""}
		s.BaseURL = ""
		return s, []vault.Problem{bad}
	}
	u.RawQuery, u.Fragment = "", ""
	s.BaseURL = strings.TrimSuffix(u.String(), "/") + "/"
	return s, nil
}

// isFileName reports whether a note has no title but the name of its file.
func isFileName(n *vault.Note) bool {
	return n.Title == strings.TrimSuffix(path.Base(n.Path), path.Ext(n.Path))
}

// basePath is where the site begins on its host: "/", or "/notes/".
func (s settings) basePath() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.EscapedPath()
}
