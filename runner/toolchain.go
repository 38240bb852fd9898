package runner

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
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

//go:embed begin/begin.go harness/*.go harness/example.txt
var ownFiles embed.FS

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
	text, err := listLibrary(ctx, root, "ImportPath,Export", list)
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
	err = os.WriteFile(filepath.Join(dir, importcfgName),
		config.Bytes(), 0o666)
	if err != nil {
		return err
	}
	return t.fillOwn(ctx, dir, &config)
}

// listLibrary has the go command compile packages of the library and all that
// they stand on, and describe them. In package testing an example's output is
// kept by the host: that package wants to write it to a file.
func listLibrary(
	ctx context.Context, root, fields string, paths []string,
) ([]byte, error) {
	goroot, err := goCommand(ctx, root, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	scratch, err := os.MkdirTemp("", "runnel-library-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	args := []string{"list", "-export", "-deps", "-trimpath", "-json=" + fields}
	replaced := filepath.Join(strings.TrimSpace(string(goroot)),
		"src", "testing", "run_example_wasm.go")
	if _, err := os.Stat(replaced); err == nil {
		text, err := ownFiles.ReadFile(exampleName)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(scratch, "example.go")
		if err := os.WriteFile(file, text, 0o666); err != nil {
			return nil, err
		}
		overlay, err := writeOverlay(scratch, map[string]string{replaced: file})
		if err != nil {
			return nil, err
		}
		args = append(args, "-overlay="+overlay)
	}
	return goCommand(ctx, root, append(args, paths...)...)
}

// exampleName is the file that is put into package testing.
const exampleName = "harness/example.txt"

// own are the packages of ours, each behind what it imports.
func own() ([]ownPackage, error) {
	observe, err := rewrite.Files()
	if err != nil {
		return nil, err
	}
	list := []ownPackage{{rewrite.ObservePath, observe},
		{beginPackage, map[string]string{}},
		{rewrite.HarnessPath, map[string]string{}}}
	for _, p := range list[1:] {
		names, err := fs.Glob(ownFiles, path.Base(p.path)+"/*.go")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := ownFiles.ReadFile(name)
			if err != nil {
				return nil, err
			}
			p.files[name] = strings.ReplaceAll(string(text),
				`"`+modulePath+"/runner/rewrite/observe"+`"`,
				`"`+rewrite.ObservePath+`"`)
		}
	}
	return list, nil
}

// ownPackage is one of ours: its import path, and its files by their names.
type ownPackage struct {
	path  string
	files map[string]string
}

// fillOwn compiles the packages of ours.
func (t *toolchain) fillOwn(
	ctx context.Context, dir string, config *bytes.Buffer,
) error {
	list, err := own()
	if err != nil {
		return err
	}
	for _, p := range list {
		scratch, err := os.MkdirTemp("", "runnel-own-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(scratch)
		args := []string{"-p", p.path, "-o", archiveName(p.path)}
		for name, text := range p.files {
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
		said, err := t.compile(ctx, dir, scratch, importcfgName, args...)
		if err != nil {
			return fmt.Errorf("compile %q: %w: %s", p.path, err, said)
		}
		fmt.Fprintf(config, "packagefile %s=%s\n", p.path, archiveName(p.path))
		err = os.WriteFile(filepath.Join(dir, importcfgName),
			config.Bytes(), 0o666)
		if err != nil {
			return err
		}
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
