package vault

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"runnel/vault/obsidian"
)

// TestLoad_secrets looks for what is private in all that a vault holds.
func TestLoad_secrets(t *testing.T) {
	t.Parallel()
	secret := `---
title: SECRET
aliases: [SECRET]
tags: SECRET
permalink: SECRET
SECRET: *SECRET
draft: SECRET
---
# SECRET
[[a]] [[SECRET]] #SECRET ^SECRET %%SECRET
`
	v, err := Load(t.Context(), fstest.MapFS{
		"a.md": {Data: []byte("# A %%SECRET%%\n\n" +
			"%%SECRET%% [[b]] ![[b]] [[b#x]]\n\n%%\nSECRET\n%%\n\n" +
			"- x %%SECRET\n- SECRET\n\n```go SECRET\nSECRET\n```\n\n" +
			"<!--\nSECRET\nSECRET-->\n\n> SECRET%%SECRET\n\n" +
			"| a | %%SECRET |\n|---|---|\n| SECRET%% | c |\n")},
		"b.md":       {Data: []byte(secret)},
		"c.md":       {Data: []byte("---\npublish: SECRET\n---\nSECRET")},
		"SECRET.png": {},
	}, Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Notes) != 1 || v.Hidden != 2 {
		t.Fatalf("got %d notes and %d hidden", len(v.Notes), v.Hidden)
	}
	note := v.Notes[0]
	all := fmt.Sprint(v.Problems, note.Title, note.Tags, note.Properties,
		obsidian.Text(note.Doc, note.Source))
	for _, h := range note.Headings {
		all += fmt.Sprint(*h)
	}
	for _, l := range note.Links {
		all += fmt.Sprint(l.Written, l.Target)
	}
	if strings.Contains(all, "SECRET") {
		t.Errorf("the vault tells a secret:\n%s", all)
	}
	if bytes.Contains(note.Source, []byte("SECRET")) {
		t.Errorf("the source shows a secret:\n%s", note.Source)
	}
}

// FuzzProperties checks that no other properties keep `publish: false` from
// hiding a note, whether they are YAML or not.
func FuzzProperties(f *testing.F) {
	for _, seed := range []string{
		"title: a: b", "a: [", "x: |\n  y", "\"", "'", "...", "--- x", "a: &a\nb: *a",
		"publish: true", "{", "? a", "<<: {publish: true}", "\tx", "a:\n- b",
		"%YAML 1.2", "a: \"\\", "#", "- a", "\r", "publish: true\r",
		" a: b",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, other string) {
		for line := range strings.Lines(other) {
			if isFence([]byte(strings.TrimRight(line, "\n"))) {
				t.Skip("ends the properties")
			}
		}
		for _, text := range []string{
			"publish: false\n" + other, other + "\npublish: false",
			"draft: true\n" + other, other + "\ndraft: true",
		} {
			v, err := Load(t.Context(), fstest.MapFS{
				"a.md": {Data: []byte("---\n" + text + "\n---\nx")},
			}, Options{All: true})
			if err != nil {
				t.Fatal(err)
			}
			if len(v.Notes) > 0 {
				t.Fatalf("published with %q", text)
			}
		}
	})
}
