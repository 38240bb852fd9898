package runner

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"runnel/reference"
)

// referenceMakers are the files that say what a page is told of the library.
var referenceMakers = []string{
	"runner/referencefile.go", "cmd/guest/symbols/packages.txt",
	"cmd/guest/compiled.txt",
}

// A documented is a package, as the list of all says it.
type documented struct {
	Path, Synopsis string
	File           string
	// By says what can run a program that imports it.
	By string // "yaegi" and Go, "go" alone, or "" for neither
}

// indexName is the list in a folder of what is gathered.
const indexName = "index.json"

// Reference returns what the standard library of the local Go exports, with
// its documentation: first a list, then a file for each package. They are
// gathered where they are missing, which takes a second, and checked unless
// has says that the caller has them all. Without Go, or without its sources,
// there are none, save those of an earlier build.
func (r *Runner) Reference(
	ctx context.Context, has func(GuestFile) bool,
) ([]GuestFile, error) {
	r.once.Do(func() { r.initErr = r.init(ctx) })
	if r.initErr != nil {
		return nil, r.initErr
	}
	files, err := r.builds.reference(ctx, has)
	if err != nil {
		return nil, fmt.Errorf("gather Go's documentation: %w", err)
	}
	return files, nil
}

func (b *builds) reference(
	ctx context.Context, has func(GuestFile) bool,
) ([]GuestFile, error) {
	version, err := goVersion(ctx, b.inputs.root)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	io.WriteString(h, version)
	err = hashPackage(h, b.inputs.root, "reference", map[string]bool{})
	if err != nil {
		return nil, err
	}
	for _, name := range referenceMakers {
		if err := hashFile(h, b.inputs.root, name); err != nil {
			return nil, err
		}
	}
	dir := filepath.Join(b.dir, "reference-"+shortSum(h))
	if files, err := referenceFiles(dir); err == nil && hasAll(files, has) {
		touch(dir)
		return files, nil
	}
	said, err := goCommand(ctx, b.inputs.root, "env", "GOROOT")
	if err != nil { // there is no Go
		return nil, ctx.Err()
	}
	goroot := strings.TrimSpace(string(said))
	if _, err := os.Stat(filepath.Join(goroot, "src", "fmt")); err != nil {
		return nil, nil // a Go without its sources
	}
	err = ensureSealed(ctx, dir, func(dir string) error {
		return writeReference(b.inputs.root, goroot, dir)
	})
	if err != nil {
		return nil, err
	}
	return referenceFiles(dir)
}

// referenceFiles are the files of a folder that writeReference filled.
func referenceFiles(dir string) ([]GuestFile, error) {
	text, err := os.ReadFile(filepath.Join(dir, indexName))
	if err != nil {
		return nil, err
	}
	var list []documented
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	files := []GuestFile{{
		Name: fmt.Sprintf("index-%x.json", sum[:6]),
		Path: filepath.Join(dir, indexName), Size: int64(len(text)),
	}}
	for _, p := range list {
		file := filepath.Join(dir, p.File)
		info, err := os.Stat(file)
		if err != nil {
			return nil, err
		}
		files = append(files, GuestFile{p.File, file, info.Size()})
	}
	return files, nil
}

// writeReference fills a folder.
func writeReference(root, goroot, dir string) error {
	can, err := runnable(root)
	if err != nil {
		return err
	}
	paths, err := reference.Paths(goroot)
	if err != nil {
		return err
	}
	list := []documented{}
	for _, path := range paths {
		p, err := reference.Gather(goroot, path)
		if err != nil {
			continue // a package less, for want of one that can be read
		}
		text, err := plainJSON(p)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(text)
		name := strings.ReplaceAll(path, "/", "_")
		file := fmt.Sprintf("%s-%x.json", name, sum[:6])
		err = os.WriteFile(filepath.Join(dir, file), text, 0o666)
		if err != nil {
			return err
		}
		list = append(list, documented{path, p.Synopsis, file, can[path]})
	}
	text, err := plainJSON(list)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, indexName), text, 0o666)
}

// runnable says which engine runs programs that import a package.
func runnable(root string) (map[string]string, error) {
	all, err := compilable(root)
	if err != nil {
		return nil, err
	}
	list, err := os.ReadFile(filepath.Join(
		root, "cmd", "guest", "symbols", "packages.txt"))
	if err != nil {
		return nil, err
	}
	interpreted := strings.Fields(string(list))
	can := map[string]string{}
	for _, path := range all {
		can[path] = "go"
		if slices.Contains(interpreted, path) {
			can[path] = "yaegi"
		}
	}
	return can, nil
}

// plainJSON leaves the angle brackets of HTML alone, since nothing puts what
// it makes into a page.
func plainJSON(what any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(what)
	return b.Bytes(), err
}
