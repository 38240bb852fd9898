package site

import (
	"context"
	"fmt"
	"html"
	"path"
	"strings"

	"runnel/vault"
)

// A redirect leads from an address that a note had, or might be looked for
// at, to the note.
type redirect struct {
	from, to URL
	// page is set where the address gets a small page of its own, for hosts
	// that do not read _redirects.
	page bool
}

// planRedirects gives each alias of a note an address beside the note, a note
// with a permalink the address of its path too, and each address with
// capitals its form without.
func (p *plan) planRedirects(v *vault.Vault) {
	for _, n := range v.Notes {
		p.redirect(slug(strings.TrimSuffix(n.Path, path.Ext(n.Path))), n)
	}
	for _, n := range v.Notes {
		for _, alias := range n.Properties.Aliases {
			if name := slug(alias); name != "" {
				p.redirect(slug(path.Join(path.Dir(n.Path), name)), n)
			}
		}
	}
	for _, n := range v.Notes {
		to := p.notes[n]
		if lower := URL(strings.ToLower(string(to))); lower != to {
			p.redirects = append(p.redirects, redirect{from: lower, to: to})
		}
	}
}

// redirect leads from a free address to a note. It never takes the place of a
// page or of another redirect.
func (p *plan) redirect(name string, n *vault.Note) {
	from := URL(name + "/")
	if p.isTaken(from) {
		return
	}
	p.taken[strings.ToLower(from.file())] = "a redirect to " + n.Path
	p.redirects = append(p.redirects, redirect{from, p.notes[n], true})
}

// redirectsFile is what Netlify reads (Netlify docs, Redirects and rewrites).
func redirectsFile(all []redirect) []byte {
	var b strings.Builder
	for _, r := range all {
		fmt.Fprintf(&b, "/%s /%s 301\n", r.from.escape(), r.to.escape())
	}
	return []byte(b.String())
}

// html is a page that leads on by itself, and has a link for those whom it
// does not.
func (r redirect) html() []byte {
	to := html.EscapeString(relative(r.from, r.to, ""))
	return []byte("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Moved</title>\n" +
		"<meta http-equiv=\"refresh\" content=\"0; url=" + to + "\">\n<link rel=\"canonical\" href=\"" + to + "\">\n" +
		"<main><h1>Moved</h1><p><a href=\"" + to + "\">This page has moved.</a></p></main>\n</html>\n")
}

// sitemap lists the notes for search engines (sitemaps.org, Protocol).
func sitemap(base string, v *vault.Vault, p *plan) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, n := range v.Notes {
		fmt.Fprintf(&b, "<url><loc>%s</loc></url>\n", html.EscapeString(base+p.notes[n].escape()))
	}
	b.WriteString("</urlset>\n")
	return []byte(b.String())
}

// extras stages what is no page: redirects and the map of the site.
func (p *pages) extras(ctx context.Context, v *vault.Vault) error {
	err := each(ctx, p.plan.redirects, func(r redirect) error {
		if !r.page {
			return nil
		}
		return p.out.Write(r.from.file(), r.html())
	})
	if err != nil {
		return err
	}
	if len(p.plan.redirects) > 0 {
		if err := p.out.Write("_redirects", redirectsFile(p.plan.redirects)); err != nil {
			return err
		}
	}
	if p.settings.BaseURL == "" {
		return nil
	}
	return p.out.Write("sitemap.xml", sitemap(p.settings.BaseURL, v, p.plan))
}
