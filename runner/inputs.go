package runner

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"hash"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

// guestPackage is the guest, by its folder in the module.
const guestPackage = "cmd/guest"

// guestMakers are the files that say how the guest is compiled.
var guestMakers = []string{
	"runner/guest.go", "runner/exports.go", "runner/segments.go",
}

// hostPackages are the rest of what shapes a result.
var hostPackages = []string{"runner", "runner/begin", "runner/harness"}

// The modules whose versions shape the guest, and a result.
var (
	guestModules = []string{"github.com/traefik/yaegi", "golang.org/x/tools"}
	hostModules  = []string{"github.com/tetratelabs/wazero"}
)

// inputs is what the guest and the results depend on beside the program.
type inputs struct {
	root  string // of the module
	guest string // hash of what the guest is made from
	host  string // the same with what runs it
}

// readInputs hashes the sources. It takes some milliseconds.
func readInputs(ctx context.Context) (inputs, error) {
	root, err := moduleRoot()
	if err != nil {
		return inputs{}, err
	}
	version, err := goVersion(ctx, root)
	if err != nil {
		return inputs{}, err
	}
	h := sha256.New()
	io.WriteString(h, version)
	seen := map[string]bool{}
	if err := hashPackage(h, root, guestPackage, seen); err != nil {
		return inputs{}, err
	}
	for _, name := range guestMakers {
		if err := hashFile(h, root, name); err != nil {
			return inputs{}, err
		}
	}
	if err := hashVersions(h, root, guestModules); err != nil {
		return inputs{}, err
	}
	in := inputs{root: root, guest: shortSum(h)}
	for _, dir := range hostPackages {
		if err := hashPackage(h, root, dir, seen); err != nil {
			return inputs{}, err
		}
	}
	err = hashVersions(h, root, hostModules)
	in.host = shortSum(h)
	return in, err
}

// shortSum is as much of a hash as a file's name needs.
func shortSum(h hash.Hash) string {
	return fmt.Sprintf("%x", h.Sum(nil)[:16])
}

// moduleRoot finds the sources of this module: the guest is compiled from
// them.
func moduleRoot() (string, error) {
	_, file, _, _ := runtime.Caller(0)
	root := filepath.Dir(filepath.Dir(file))
	_, err := os.Stat(filepath.Join(root, "cmd", "guest"))
	if !filepath.IsAbs(root) || err != nil {
		return "", errors.New("find the sources of the interpreter: " +
			"run the tool with \"go run\" in its repository")
	}
	return root, nil
}

// goVersion identifies the Go that will compile the guest. Its VERSION file
// is read rather than the command asked, which takes longer than a build in
// which nothing has changed. Without a Go it is the one that compiled the
// tool: the guest may be there from before.
func goVersion(ctx context.Context, root string) (string, error) {
	command, err := exec.LookPath("go")
	if err != nil {
		return runtime.Version(), nil
	}
	if real, err := filepath.EvalSymlinks(command); err == nil {
		goroot := filepath.Dir(filepath.Dir(real))
		text, err := os.ReadFile(filepath.Join(goroot, "VERSION"))
		if err == nil {
			version, _, _ := strings.Cut(string(text), "\n")
			return version, nil
		}
	}
	cmd := exec.CommandContext(ctx, command, "env", "GOVERSION")
	cmd.Dir = root
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("ask Go for its version: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// hashPackage adds the files of a package but tests, and the packages of
// this module that it imports.
func hashPackage(
	h hash.Hash, root, dir string, seen map[string]bool,
) error {
	if seen[dir] {
		return nil
	}
	seen[dir] = true
	entries, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		if entry.IsDir() || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if err := hashFile(h, root, name); err != nil {
			return err
		}
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(),
			filepath.Join(root, name), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, own := strings.CutPrefix(
				strings.Trim(spec.Path.Value, `"`), modulePath+"/")
			if !own {
				continue
			}
			if err := hashPackage(h, root, imported, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// modulePath is this module.
const modulePath = "runnel"

// hashFile adds one file.
func hashFile(h hash.Hash, root, name string) error {
	text, err := os.ReadFile(filepath.Join(root, name))
	fmt.Fprintf(h, "%s %d\n", name, len(text))
	h.Write(text)
	return err
}

// hashVersions adds the lines of go.mod and go.sum about some modules.
func hashVersions(h hash.Hash, root string, modules []string) error {
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		for line := range bytes.Lines(text) {
			for _, module := range modules {
				if bytes.Contains(line, []byte(module+" ")) {
					h.Write(bytes.TrimSpace(line))
				}
			}
		}
	}
	return nil
}
