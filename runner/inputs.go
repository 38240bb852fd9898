package runner

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// guestSources are the folders the guest is compiled from, in the module.
// Those that do not exist are not part of it.
var guestSources = []string{
	"cmd/guest", "runner/timeline", "runner/rewrite", "render/outcome",
}

// guestMakers are the files that say how the guest is compiled.
var guestMakers = []string{
	"runner/guest.go", "runner/exports.go", "runner/segments.go",
}

// hostSources is where the rest of what shapes a result stands.
var hostSources = []string{"runner"}

// The modules whose versions shape the guest, and a result.
var (
	guestModules = []string{"github.com/traefik/yaegi"}
	hostModules  = []string{"github.com/tetratelabs/wazero"}
)

// inputs is what the guest and the results depend on beside the program.
type inputs struct {
	root  string // of the module
	guest string // hash of what the guest is made from
	host  string // the same with what runs it
}

// compiled names the code that wazero makes of the guest. Wazero tells its
// versions apart by what the executable says of itself, and the executable
// of a test says nothing; so the two must not share a folder.
func (in inputs) compiled() string {
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == hostModules[0] {
				version = module.Version
			}
		}
	}
	return in.guest + "-" + version + "-" + runtime.GOARCH
}

// readInputs hashes the sources. It takes a few milliseconds.
func readInputs(ctx context.Context) (inputs, error) {
	root, err := moduleRoot()
	if err != nil {
		return inputs{}, err
	}
	in := inputs{root: root}
	h := sha256.New()
	version, err := goVersion(ctx, root)
	if err != nil {
		return inputs{}, err
	}
	io.WriteString(h, version)
	for _, file := range guestMakers {
		if err := hashSources(h, root, file); err != nil {
			return inputs{}, err
		}
	}
	if err := hashInputs(h, root, guestSources, guestModules); err != nil {
		return inputs{}, err
	}
	in.guest = fmt.Sprintf("%x", h.Sum(nil))[:32]
	if err := hashInputs(h, root, hostSources, hostModules); err != nil {
		return inputs{}, err
	}
	in.host = fmt.Sprintf("%x", h.Sum(nil))[:32]
	return in, nil
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
// which nothing has changed.
func goVersion(ctx context.Context, root string) (string, error) {
	command, err := exec.LookPath("go")
	if err != nil {
		return "", fmt.Errorf("find Go: %w", err)
	}
	if real, err := filepath.EvalSymlinks(command); err == nil {
		goroot := filepath.Dir(filepath.Dir(real))
		text, err := os.ReadFile(filepath.Join(goroot, "VERSION"))
		if err == nil {
			return string(text), nil
		}
	}
	cmd := exec.CommandContext(ctx, command, "env", "GOVERSION")
	cmd.Dir = root
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("ask Go for its version: %w", err)
	}
	return string(text), nil
}

// hashInputs adds folders, and lines of go.mod and go.sum, to a hash.
func hashInputs(h hash.Hash, root string, dirs, modules []string) error {
	for _, dir := range dirs {
		err := hashSources(h, root, dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
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

// hashSources adds all files of a folder but tests.
func hashSources(h hash.Hash, root, dir string) error {
	return filepath.WalkDir(filepath.Join(root, dir), func(
		path string, d fs.DirEntry, err error,
	) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		fmt.Fprintf(h, "%s %d\n", filepath.ToSlash(name), len(text))
		h.Write(text)
		return err
	})
}
