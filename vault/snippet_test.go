package vault

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

// TestSnippet_Position finds each mark X of the code where it is in the file.
func TestSnippet_Position(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain":      "```go\nX := 1\n  X\n```\n",
		"list":       "1. a\n\n   ```go\n   X\n   \tX\n   ```\n",
		"quote":      "> ```go\n> X\n>\tX\n>X\n> ```\n",
		"callout":    "> [!note]\n> - ```go\n>   a X\n>   ```\n",
		"tab":        "- a\n\n\t```go\n\tX\n\t\tX\n\t```\n",
		"CRLF":       "```go\r\nX\r\n\r\nX\r\n```\r\n",
		"properties": "---\npublish: true\n---\n\n```go\nX\n```\n",
		"indented":   "  ```go\n  X\n X\n    X\n  ```\n",
		"letters":    "```go\nö X\n```\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, err := Load(t.Context(), fstest.MapFS{
				"a.md": {Data: []byte(text)}}, Options{All: true})
			if err != nil {
				t.Fatal(err)
			}
			s := v.Notes[0].Snippets[0]
			lines := strings.Split(text, "\n")
			for i, code := range strings.Split(s.Code, "\n") {
				column := strings.IndexByte(code, 'X')
				if column < 0 {
					continue
				}
				line, at := s.Position(i+1, column+1)
				if at < 1 || lines[line-1][at-1:][:1] != "X" {
					t.Errorf("%d:%d of %q is not at %d:%d",
						i+1, column+1, s.Code, line, at)
				}
			}
			if bytes.IndexByte([]byte(s.Code), '\r') >= 0 {
				t.Errorf("a carriage return in %q", s.Code)
			}
		})
	}
}

func TestSnippet_Position_outside(t *testing.T) {
	t.Parallel()
	s := &Snippet{Line: 10, columns: []int{2}}
	for _, c := range [][4]int{{0, 1, 10, 1}, {2, 3, 11, 3}, {1, 1, 10, 3}} {
		if line, column := s.Position(c[0], c[1]); line != c[2] || column != c[3] {
			t.Errorf("%d:%d is at %d:%d, want %d:%d",
				c[0], c[1], line, column, c[2], c[3])
		}
	}
}
