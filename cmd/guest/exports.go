//go:build wasip1

package main

import (
	"archive/zip"
	_ "embed"
	"io"
	"strings"
	"sync"
)

// exports is a zip, stored without compression, of the export data of the
// packages a program can import, one file an import path. The file in the
// repository is empty: whoever builds the guest puts the real one in its
// place with "go build -overlay", since it belongs to one version of Go.
//
//go:embed exports.zip
var exports string

// archive reads exports.
var archive = sync.OnceValues(func() (*zip.Reader, error) {
	return zip.NewReader(strings.NewReader(exports), int64(len(exports)))
})

// openExports opens the export data of one package.
func openExports(path string) (io.ReadCloser, error) {
	files, err := archive()
	if err != nil {
		return nil, err
	}
	return files.Open(path)
}
