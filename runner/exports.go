package runner

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// packExports writes a zip of the export data of the packages a program can
// import, for the guest to type-check with.
func packExports(ctx context.Context, root, file string) error {
	list, err := os.ReadFile(filepath.Join(
		root, "cmd", "guest", "symbols", "packages.txt"))
	if err != nil {
		return err
	}
	args := append([]string{"list", "-export", "-json=ImportPath,Export"},
		strings.Fields(string(list))...)
	text, err := goCommand(ctx, root, args...)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if err := packExport(out, p.ImportPath, p.Export); err != nil {
			return fmt.Errorf("package %q: %w", p.ImportPath, err)
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o666)
}

// packExport adds the export data of one package. The compiler's archive
// begins with it; the code behind it is left out.
func packExport(out *zip.Writer, path, archive string) error {
	text, err := os.ReadFile(archive)
	if err != nil {
		return err
	}
	size, err := exportSize(text)
	if err != nil {
		return err
	}
	w, err := out.CreateHeader(&zip.FileHeader{
		Name: path, Method: zip.Store,
	})
	if err != nil {
		return err
	}
	_, err = w.Write(text[:size])
	return err
}

// The layout of an archive: a magic line, then files, each with a header
// whose bytes 48 to 58 hold its size in decimal.
const (
	arMagic  = "!<arch>\n"
	arHeader = 60
)

// exportSize is the length of an archive up to the end of its first file,
// which holds the export data.
func exportSize(archive []byte) (int, error) {
	if len(archive) < len(arMagic)+arHeader ||
		!bytes.HasPrefix(archive, []byte(arMagic+"__.PKGDEF")) {
		return 0, errors.New("not an archive of the Go compiler")
	}
	var size int
	field := archive[len(arMagic)+48 : len(arMagic)+58]
	if _, err := fmt.Sscan(string(field), &size); err != nil {
		return 0, fmt.Errorf("read the size of export data: %w", err)
	}
	if size += len(arMagic) + arHeader; size > len(archive) {
		return 0, errors.New("archive of the Go compiler is cut off")
	}
	return size, nil
}
