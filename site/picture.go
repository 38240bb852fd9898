package site

import (
	"bytes"
	"encoding/xml"
	"image"
	_ "image/gif"  // for the sizes of images
	_ "image/jpeg" // for the sizes of images
	_ "image/png"  // for the sizes of images
	"path"
	"strconv"
	"strings"

	"runnel/render"
)

// readPicture reads what is known of an image from its first bytes.
func readPicture(name string, data []byte) (p render.Picture) {
	switch strings.ToLower(path.Ext(name)) {
	case ".svg":
		return readDrawing(data)
	case ".png", ".jpg", ".jpeg", ".gif":
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err == nil {
			p.Width, p.Height = c.Width, c.Height
		}
	}
	return p
}

// readDrawing reads the size of an SVG: its width and height in pixels, else
// those of its viewBox. Excalidraw exports a drawing for a dark page by turning
// the colours of the whole round, and those of photos in it back.
func readDrawing(data []byte) (p render.Picture) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	for {
		t, err := d.Token()
		if err != nil {
			return p
		}
		root, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		var box []string
		for _, a := range root.Attr {
			switch a.Name.Local {
			case "width":
				p.Width = pixels(a.Value)
			case "height":
				p.Height = pixels(a.Value)
			case "filter":
				p.Dark = strings.HasPrefix(strings.TrimSpace(a.Value), "invert(")
				p.Photos = p.Dark && bytes.Contains(data, []byte("<image"))
			case "viewBox":
				box = strings.Fields(strings.ReplaceAll(a.Value, ",", " "))
			}
		}
		if (p.Width == 0 || p.Height == 0) && len(box) == 4 {
			p.Width, p.Height = pixels(box[2]), pixels(box[3])
		}
		return p
	}
}

// pixels reads a length without a unit or in px, 0 for any other.
func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || f < 1 || f > 1e5 {
		return 0
	}
	return int(f + 0.5)
}
