package runner

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"runnel/runner/rewrite"
)

// toolchain is what compiles programs: Go's own compiler and linker, called
// without the go command, so that nothing beside the program's text and the
// standard library can get in: no module, no cgo, no embedded file.
type toolchain struct {
	tools string // the folder of compile and link
	dir   string // a sealed folder of archives and the list of them
}

// The names of files in a toolchain's folder.
const (
	importcfgName = "importcfg"
	beginPackage  = rewrite.Module + "/begin"
)

//go:embed begin/begin.go
var beginSource string

// openToolchain finds the tools, and makes the folder if it is missing.
func openToolchain(
	ctx context.Context, cache string, in inputs, progress func(string),
) (*toolchain, error) {
	tools, err := goCommand(ctx, in.root, "env", "GOTOOLDIR")
	if err != nil {
		return nil, fmt.Errorf("find the Go tools: %w", err)
	}
	t := &toolchain{
		tools: strings.TrimSpace(string(tools)),
		dir:   filepath.Join(cache, "toolchain-"+in.host),
	}
	err = ensureSealed(ctx, t.dir, func(dir string) error {
		progress("compiling the standard library (once, some seconds)")
		return t.fill(ctx, in.root, dir)
	})
	return t, err
}

// fill gathers the archives of the packages that a program can import, and
// those of ours that each program needs.
func (t *toolchain) fill(ctx context.Context, root, dir string) error {
	list, err := compilable(root)
	if err != nil {
		return err
	}
	names := strings.Join(append(list, "unsafe"), "\n")
	err = os.WriteFile(filepath.Join(dir, packagesName), []byte(names), 0o666)
	if err != nil {
		return err
	}
	args := append([]string{
		"list", "-export", "-deps", "-trimpath", "-json=ImportPath,Export",
	}, list...)
	text, err := goCommand(ctx, root, args...)
	if err != nil {
		return err
	}
	var config bytes.Buffer
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if p.Export == "" {
			continue // unsafe
		}
		name := archiveName(p.ImportPath)
		if err := copyFile(filepath.Join(dir, name), p.Export); err != nil {
			return err
		}
		fmt.Fprintf(&config, "packagefile %s=%s\n", p.ImportPath, name)
	}
	write := func() error {
		return os.WriteFile(filepath.Join(dir, importcfgName),
			config.Bytes(), 0o666)
	}
	if err := write(); err != nil {
		return err
	}
	if err := t.fillOwn(ctx, dir, &config); err != nil {
		return err
	}
	return write()
}

// fillOwn compiles the packages of ours.
func (t *toolchain) fillOwn(
	ctx context.Context, dir string, config *bytes.Buffer,
) error {
	observe, err := rewrite.Files()
	if err != nil {
		return err
	}
	for path, files := range map[string]map[string]string{
		rewrite.ObservePath: observe,
		beginPackage:        {"begin/begin.go": beginSource},
	} {
		scratch, err := os.MkdirTemp("", "runnel-own-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(scratch)
		args := []string{"-p", path, "-o", archiveName(path)}
		for name, text := range files {
			if strings.HasSuffix(name, "_other.go") {
				continue // its build tag says that it is not for here
			}
			file := filepath.Join(scratch, filepath.Base(name))
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				return err
			}
			args = append(args, file)
		}
		slices.Sort(args[4:])
		said, err := t.compile(ctx, dir, scratch, args...)
		if err != nil {
			return fmt.Errorf("compile %q: %w: %s", path, err, said)
		}
		fmt.Fprintf(config, "packagefile %s=%s\n", path, archiveName(path))
	}
	return nil
}

// archiveName is the file of a package.
func archiveName(path string) string {
	return strings.ReplaceAll(path, "/", "_") + ".a"
}

// compilable are the import paths of what a compiled program can import: what
// the interpreter has, and more.
func compilable(root string) ([]string, error) {
	var all []string
	for _, name := range []string{"symbols/packages.txt", "compiled.txt"} {
		list, err := os.ReadFile(filepath.Join(root, "cmd", "guest", name))
		if err != nil {
			return nil, err
		}
		all = append(all, strings.Fields(string(list))...)
	}
	return all, nil
}

// copyFile copies a file.
func copyFile(to, from string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o666)
}
