package runner

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"runnel/runner/columns"
	"runnel/runner/rewrite"
	"runnel/runner/trim"
)

// A reader's browser can have Go's own compiler and linker, too, compiled to
// WebAssembly, and the archives of what programs import. They are made from
// the local Go and kept in the cache, compressed: a page fetches what a
// program needs.

// toolMemory bounds the memory of the compiler and of the linker in a
// browser, each, in bytes.
const toolMemory = 512 << 20

// compilerMakers are the files that say how they are made.
var compilerMakers = []string{
	"runner/compilerfile.go", "runner/guestfile.go", "runner/bound.go",
	"runner/segments.go", "runner/trim/trim.go", "runner/columns/columns.go",
	"runner/columns/object.go", "runner/columns/hashes.go", "runner/harness/example.txt",
	"cmd/guest/symbols/packages.txt", "cmd/guest/compiled.txt",
}

// A manifest is what a page is told of the compiler.
type manifest struct {
	Go string
	// Start is compiled beside every program, Zones added to it for those
	// that may ask for a time zone.
	Start, Zones string
	// Own are the packages of ours that each program imports.
	Own      []string
	Tools    map[string]packedFile
	Packages map[string]packedFile
	// Importable are the packages that a program can import.
	Importable []string
}

// A packedFile is a file that is there in compressed forms only.
type packedFile struct {
	Name string // holds a hash of the content
	Size int64
	// Packed are the sizes of the forms by their endings.
	Packed map[string]int64
	// Imports are the packages that an archive stands on.
	Imports []string `json:",omitempty"`
}

// manifestName is the list of a folder of packed files.
const manifestName = "manifest.json"

// Compiler returns Go's compiler for the reader's browser: first a manifest,
// then the tools and archives that it names, in the same folder. They are
// made where they are missing, which may take some minutes. As with Guest,
// the files are checked unless has says that the caller has them all.
func (r *Runner) Compiler(
	ctx context.Context, has func(GuestFile) bool,
) ([]GuestFile, error) {
	r.once.Do(func() { r.initErr = r.init(ctx) })
	if r.initErr != nil {
		return nil, r.initErr
	}
	files, err := r.builds.compiler(ctx, has)
	if err != nil {
		return nil, fmt.Errorf("make the compiler for readers: %w", err)
	}
	return files, nil
}

// compiler makes what Compiler returns: the library's part, which only
// another Go changes, and ours.
func (b *builds) compiler(
	ctx context.Context, has func(GuestFile) bool,
) ([]GuestFile, error) {
	version, err := goVersion(ctx, b.inputs.root)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	io.WriteString(h, version)
	for _, name := range compilerMakers {
		if err := hashFile(h, b.inputs.root, name); err != nil {
			return nil, err
		}
	}
	library := filepath.Join(b.dir, "compiler-"+shortSum(h))
	io.WriteString(h, b.inputs.host)
	sum := shortSum(h)
	own := filepath.Join(b.dir, "compiler-own-"+sum)
	if files, err := compilerFiles(library, own, sum); err == nil &&
		hasAll(files, has) {
		touch(library)
		touch(own)
		return files, nil
	}
	tools, err := b.open(ctx)
	if err != nil {
		return nil, err
	}
	err = ensureSealed(ctx, library, func(dir string) error {
		b.progress("building the compiler for readers (once, some minutes)")
		return packLibrary(ctx, b.inputs.root, version, dir)
	})
	if err != nil {
		return nil, err
	}
	err = ensureSealed(ctx, own, func(dir string) error {
		return packOwn(tools.dir, library, dir)
	})
	if err != nil {
		return nil, err
	}
	return compilerFiles(library, own, sum)
}

// compilerFiles are the files of the two folders.
func compilerFiles(library, own, sum string) ([]GuestFile, error) {
	file := filepath.Join(own, manifestName)
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	m, err := readManifest(own)
	if err != nil {
		return nil, err
	}
	files := []GuestFile{{"go-" + sum[:12] + ".json", file, info.Size()}}
	add := func(dir string, f packedFile) {
		for _, form := range guestForms[1:] {
			name := f.Name + form.ending
			files = append(files, GuestFile{
				name, filepath.Join(dir, name), f.Packed[form.ending],
			})
		}
	}
	for _, tool := range wasmTools {
		add(library, m.Tools[tool])
	}
	for path, f := range m.Packages {
		dir := library
		if strings.HasPrefix(path, rewrite.Module+"/") {
			dir = own
		}
		add(dir, f)
	}
	return files, nil
}

func readManifest(dir string) (m manifest, err error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(text, &m)
}

func (m *manifest) write(dir string) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestName), text, 0o666)
}

// wasmTools are the tools that a page runs.
var wasmTools = []string{"compile", "link"}

// packLibrary fills a folder with the tools and the standard packages.
func packLibrary(ctx context.Context, root, version, dir string) error {
	scratch, err := os.MkdirTemp("", "runnel-tools-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if err := buildTools(ctx, root, scratch); err != nil {
		return err
	}
	m := manifest{
		Go: version, Tools: map[string]packedFile{},
		Packages: map[string]packedFile{},
	}
	if m.Importable, err = compilable(root); err != nil {
		return err
	}
	// The tools take one core as long as the archives take the others.
	packed := make(chan error, 1)
	go func() { packed <- m.packTools(scratch, dir) }()
	err = m.packArchives(ctx, root, dir)
	if err := errors.Join(err, <-packed); err != nil {
		return err
	}
	return m.write(dir)
}

// packTools packs the tools that are in a folder.
func (m *manifest) packTools(from, dir string) error {
	for _, tool := range wasmTools {
		module, err := os.ReadFile(filepath.Join(from, tool))
		if err != nil {
			return err
		}
		if module, err = joinSegments(module); err != nil {
			return err
		}
		if module, err = boundMemory(module, toolMemory); err != nil {
			return err
		}
		m.Tools[tool], err = packFile(
			dir, tool, ".wasm", module, compilerForms)
		if err != nil {
			return err
		}
	}
	return nil
}

// buildTools compiles Go's compiler and linker, for WebAssembly alone where
// that can be.
func buildTools(ctx context.Context, root, scratch string) error {
	goroot, err := goCommand(ctx, root, "env", "GOROOT")
	if err != nil {
		return err
	}
	trimmed, err := trim.Files(strings.TrimSpace(string(goroot)))
	if err != nil {
		return err
	}
	replace := map[string]string{}
	for name, text := range trimmed {
		file := filepath.Join(scratch, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(file, text, 0o666); err != nil {
			return err
		}
		replace[name] = file
	}
	overlay, err := writeOverlay(scratch, replace)
	if err != nil {
		return err
	}
	build := func(more ...string) error {
		args := append([]string{"build", "-trimpath", "-ldflags=-s -w",
			"-o", scratch + string(filepath.Separator)}, more...)
		_, err := goCommand(ctx, root, append(args,
			"cmd/compile", "cmd/link")...)
		return err
	}
	if err := build("-overlay=" + overlay); err == nil || ctx.Err() != nil {
		return err
	}
	return build() // a Go whose sources look otherwise
}

// packArchives adds the standard packages that programs import, and those
// that they stand on.
func (m *manifest) packArchives(
	ctx context.Context, root, dir string,
) error {
	text, err := listLibrary(ctx, root, "ImportPath,Export,Imports",
		m.Importable)
	if err != nil {
		return err
	}
	var mutex sync.Mutex
	var group sync.WaitGroup
	var errs []error
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var p struct {
			ImportPath, Export string
			Imports            []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if p.Export == "" {
			continue // unsafe
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			f, err := packArchive(dir, p.ImportPath, p.Export)
			f.Imports = p.Imports
			mutex.Lock()
			defer mutex.Unlock()
			m.Packages[p.ImportPath] = f
			errs = append(errs, err)
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// packOwn fills a folder with the archives of ours, and the manifest of all.
func packOwn(archives, library, dir string) error {
	m, err := readManifest(library)
	if err != nil {
		return err
	}
	m.Start, m.Zones = startFile, zonesFile
	imports, err := ownImports()
	if err != nil {
		return err
	}
	config, err := os.ReadFile(filepath.Join(archives, importcfgName))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(config)) {
		path, file, _ := strings.Cut(strings.TrimSpace(
			strings.TrimPrefix(line, "packagefile ")), "=")
		if !strings.HasPrefix(path, rewrite.Module+"/") {
			continue
		}
		f, err := packArchive(dir, path, filepath.Join(archives, file))
		if err != nil {
			return err
		}
		f.Imports = imports[path]
		m.Packages[path] = f
		if path != rewrite.HarnessPath {
			m.Own = append(m.Own, path)
		}
	}
	return m.write(dir)
}

// ownImports are what each package of ours imports.
func ownImports() (map[string][]string, error) {
	list, err := own()
	if err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for _, p := range list {
		var paths []string
		for name, text := range p.files {
			file, err := parser.ParseFile(token.NewFileSet(), name, text,
				parser.ImportsOnly)
			if err != nil {
				return nil, err
			}
			for _, spec := range file.Imports {
				path, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return nil, err
				}
				paths = append(paths, path)
			}
		}
		slices.Sort(paths)
		all[p.path] = slices.Compact(paths)
	}
	return all, nil
}

// packArchive packs an archive under the name of its package, in the form that
// compresses best.
func packArchive(dir, path, archive string) (packedFile, error) {
	text, err := os.ReadFile(archive)
	if err != nil {
		return packedFile{}, err
	}
	name := strings.TrimSuffix(archiveName(path), ".a")
	return packFile(dir, name, ".a", columns.Encode(path, text), compilerForms)
}

// compilerForms are those of tools and archives, which are made once for each
// version of Go: some minutes of work save a sixth of them.
var compilerForms = []form{guestForms[1], brotliForm(11)}

// packFile writes the compressed forms of a file.
func packFile(
	dir, name, ext string, text []byte, forms []form,
) (packedFile, error) {
	sum := sha256.Sum256(text)
	f := packedFile{
		Name: fmt.Sprintf("%s-%x%s", name, sum[:6], ext),
		Size: int64(len(text)), Packed: map[string]int64{},
	}
	for _, form := range forms {
		var b bytes.Buffer
		w := form.open(&b)
		if _, err := w.Write(text); err != nil {
			return f, err
		}
		if err := w.Close(); err != nil {
			return f, err
		}
		f.Packed[form.ending] = int64(b.Len())
		file := filepath.Join(dir, f.Name+form.ending)
		if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
			return f, err
		}
	}
	return f, nil
}
