package site

import (
	"testing"

	"runnel/render"
)

func TestReadPicture(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		file, data string
		want       render.Picture
	}{
		"size":         {"a.svg", `<svg width="40" height="30"/>`, render.Picture{Width: 40, Height: 30}},
		"pixels":       {"a.SVG", `<?xml version="1.0"?><svg width="40.4px" height="30px"/>`, render.Picture{Width: 40, Height: 30}},
		"view box":     {"a.svg", `<svg viewBox="0,0 400 300"/>`, render.Picture{Width: 400, Height: 300}},
		"per cent":     {"a.svg", `<svg width="100%" viewBox="0 0 4 3"/>`, render.Picture{Width: 4, Height: 3}},
		"dark":         {"a.svg", `<svg width="4" height="3" filter="invert(93%) hue-rotate(180deg)"/>`, render.Picture{Width: 4, Height: 3, Dark: true}},
		"dark inside":  {"a.svg", `<svg width="4" height="3"><image filter="invert(100%)"/></svg>`, render.Picture{Width: 4, Height: 3}},
		"dark photos":  {"a.svg", `<svg width="4" height="3" filter="invert(93%)"><image/></svg>`, render.Picture{Width: 4, Height: 3, Dark: true, Photos: true}},
		"own filter":   {"a.svg", `<svg width="4" height="3" filter="url(#shadow)"/>`, render.Picture{Width: 4, Height: 3}},
		"no drawing":   {"a.svg", `hello`, render.Picture{}},
		"no picture":   {"a.png", `hello`, render.Picture{}},
		"another kind": {"a.txt", `<svg width="4" height="3"/>`, render.Picture{}},
	} {
		if got := readPicture(test.file, []byte(test.data)); got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}
