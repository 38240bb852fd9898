package theme

import (
	"embed"
	"io/fs"
	"path"
)

//go:embed preview
var previewFiles embed.FS

// Preview are the scripts and the style that the preview server adds to pages.
// They are no part of a site, so that no built page has them.
func Preview() []Asset {
	names, err := fs.Glob(previewFiles, "preview/*")
	if err != nil {
		panic(err) // the pattern is right
	}
	var all []Asset
	for _, name := range names {
		data, err := previewFiles.ReadFile(name)
		if err != nil {
			panic(err) // compiled in
		}
		all = append(all, Asset{path.Base(name), data})
	}
	return all
}
