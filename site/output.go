package site

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// The folder in the output that makes it ours, and the list in it of the
// files that we made.
const (
	ownFolder = ".runnel"
	madeFile  = ownFolder + "/made"
)

// stagePrefix begins the names of the folders that builds stage their files in.
const stagePrefix = "stage-"

// An output is the folder that a site is written to. Files are staged first
// and put in place together at the end, so that a build that does not get
// that far leaves the old site whole. What is as it was is not touched, and
// nothing is removed but what an earlier build made.
type output struct {
	dir     string
	root    *os.Root
	staging string // the folder of stage, within root
	stage   *stage
	old     map[string]bool
	mark    string // that the folder had when it was opened
	// there are files of an earlier build that look as they did after it, as
	// long as the folder has its mark.
	there  map[string]looks
	sealed *seal // nil unless all files are those of this build

	mu     sync.Mutex
	made   map[string]bool
	staged map[string]bool // of made, those that are not in place yet
}

// openOutput makes the folder if need be. It refuses one that holds files and
// was not made by us.
func openOutput(dir string) (*output, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("make the output folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the output folder: %w", err)
	}
	o := &output{dir: dir, root: root, staged: make(map[string]bool)}
	if err := o.prepare(); err != nil {
		_ = root.Close()
		return nil, err
	}
	o.made = make(map[string]bool, len(o.old))
	return o, nil
}

func (o *output) prepare() error {
	var err error
	o.mark = readMark(o.dir)
	if o.old, err = o.readMade(); err != nil {
		return err
	}
	// Not named after the time: two builds may begin in the same tick of a
	// clock, and each would put in place what the other has staged.
	o.staging = path.Join(ownFolder, stagePrefix+rand.Text())
	if err := o.root.MkdirAll(o.staging, 0o777); err != nil {
		return fmt.Errorf("write to the output folder: %w", err)
	}
	o.stage = newStage(filepath.Join(o.dir, filepath.FromSlash(o.staging)))
	o.removeStale()
	return nil
}

// readMade reads the list of files that an earlier build made.
func (o *output) readMade() (map[string]bool, error) {
	f, err := o.root.Open(madeFile)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := os.ReadDir(o.dir)
		if err != nil {
			return nil, fmt.Errorf("read the output folder: %w", err)
		}
		if i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() != ownFolder }); i >= 0 {
			return nil, fmt.Errorf("output folder %q holds %q, which Runnel did not make: "+
				"empty the folder, or name another with -out", o.dir, entries[i].Name())
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of built files: %w", err)
	}
	defer f.Close()
	made := make(map[string]bool)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if p := lines.Text(); fs.ValidPath(p) {
			made[p] = true
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the list of built files: %w", err)
	}
	return made, nil
}

// removeStale removes what builds that were killed left behind, once it is
// too old to belong to one that still runs.
func (o *output) removeStale() {
	entries, _ := os.ReadDir(filepath.Join(o.dir, ownFolder))
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), stagePrefix) && time.Since(info.ModTime()) > time.Hour {
			_ = o.root.RemoveAll(path.Join(ownFolder, e.Name()))
		}
	}
}

// Write stages a file, unless it is there already with the same bytes. It is
// safe for concurrent use.
func (o *output) Write(name string, data []byte) error {
	if !fs.ValidPath(name) || !filepath.IsLocal(filepath.FromSlash(name)) {
		return fmt.Errorf("write %q: not a path inside the output folder", name)
	}
	same := o.old[name] && o.isSame(name, data)
	o.mu.Lock()
	o.made[name] = true
	if !same {
		o.staged[name] = true
	}
	o.mu.Unlock()
	if same {
		return nil
	}
	if err := o.stage.write(name, data); err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	return nil
}

// has reports whether a file of an earlier build is there with so many bytes.
func (o *output) has(name string, size int64) bool {
	info, err := o.root.Lstat(name)
	return o.old[name] && err == nil && info.Mode().IsRegular() &&
		info.Size() == size
}

// keep keeps a file of an earlier build, whose name says what is in it, if
// it is there. To compare a large one at every build would take long.
func (o *output) keep(name string, size int64) bool {
	if !o.has(name, size) {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.made[name] = true
	return true
}

// keepAll keeps files that are there.
func (o *output) keepAll(names []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, name := range names {
		o.made[name] = true
	}
}

// keepNamed keeps a file whose name is a hash of its content, if it is there;
// of any size, if that is below 0.
func (o *output) keepNamed(name string, size int) bool {
	l, ok := o.there[name]
	if !ok || size >= 0 && l.Size != int64(size) {
		return false
	}
	o.keepAll([]string{name})
	return true
}

// read reads a file that is there as the build before left it.
func (o *output) read(name string) []byte {
	if _, ok := o.there[name]; !ok {
		return nil
	}
	data, err := o.root.ReadFile(name)
	if err != nil {
		return nil
	}
	return data
}

func (o *output) isSame(name string, data []byte) bool {
	f, err := o.root.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	old, err := io.ReadAll(f)
	return err == nil && bytes.Equal(old, data)
}

// Commit puts the staged files in place and removes those that an earlier
// build made and this one did not. It says how many files it wrote and how
// many it removed.
func (o *output) Commit() (written, removed int, err error) {
	defer o.Abort()
	unlock, locked := lockFolder(filepath.Join(o.dir, ownFolder, "lock"))
	defer unlock()
	// What is as it was when we compared is not staged: if another build was
	// here since, it may be another.
	if locked && readMark(o.dir) != o.mark {
		return 0, 0, errContested
	}
	if err := o.checkForeign(); err != nil {
		return 0, 0, err
	}
	if err := o.setMark("writing " + rand.Text()); err != nil {
		return 0, 0, err
	}
	written, removed, err = o.commit()
	if err == nil && locked {
		o.seal()
	}
	return written, removed, err
}

// errContested says that another build wrote to the folder while this one was
// made.
var errContested = errors.New("another build writes to the output folder")

// setMark says which build the files in the folder are of.
func (o *output) setMark(mark string) error {
	temp := o.staging + ".mark"
	err := o.root.WriteFile(temp, []byte(mark), 0o666)
	if err == nil {
		err = o.root.Rename(temp, markFile)
	}
	if err != nil {
		return fmt.Errorf("mark the output folder: %w", err)
	}
	return nil
}

func (o *output) commit() (written, removed int, err error) {
	// Until all is done both the old and the new files are ours, so that a
	// build that ends here can be carried on by the next.
	made := slices.Sorted(maps.Keys(o.made))
	var gone []string
	for name := range o.old {
		if !o.made[name] {
			gone = append(gone, name)
		}
	}
	if len(made)+len(gone) > len(o.old) {
		if err := o.writeMade(slices.Concat(made, gone)); err != nil {
			return 0, 0, err
		}
	}
	// What is gone goes first: where a file stood there may now be a folder.
	for _, name := range gone {
		o.remove(name)
		removed++
	}
	if err := o.place("."); err != nil {
		return 0, removed, err
	}
	written = len(o.staged)
	if len(gone) == 0 { // and the list says so
		return written, removed, nil
	}
	return written, removed, o.writeMade(made)
}

// checkForeign refuses to replace a file that is not ours. A folder that was
// empty when we opened it holds none.
func (o *output) checkForeign() error {
	if o.old == nil {
		return nil
	}
	for name := range o.staged {
		if foreign := o.foreign(name); foreign != "" {
			return fmt.Errorf("output folder %q holds %q, which Runnel did not make: "+
				"move it away, or name another folder with -out", o.dir, foreign)
		}
	}
	return nil
}

// foreign names a file at name, or below it, that is not ours; "" if there is
// none.
func (o *output) foreign(name string) string {
	info, err := o.root.Lstat(name)
	if err != nil || o.old[name] {
		return ""
	}
	if !info.IsDir() {
		return name
	}
	found := ""
	_ = fs.WalkDir(o.root.FS(), name, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() && !o.old[p] {
			found = p
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// place moves what is staged at dir to its place: a folder that is not there
// yet as a whole, else what is in it.
func (o *output) place(dir string) error {
	entries, err := fs.ReadDir(o.root.FS(), path.Join(o.staging, dir))
	if err != nil {
		return fmt.Errorf("read staged files: %w", err)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if info, err := o.root.Lstat(name); err == nil && info.IsDir() && e.IsDir() {
			if err := o.place(name); err != nil {
				return err
			}
			continue
		}
		if err := o.root.Rename(path.Join(o.staging, name), name); err != nil {
			return fmt.Errorf("write %q: %w", name, err)
		}
	}
	return nil
}

// remove removes a file of ours and the folders that it leaves empty.
func (o *output) remove(name string) {
	if info, err := o.root.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return
	}
	_ = o.root.Remove(name)
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if o.root.Remove(dir) != nil {
			return // not empty
		}
	}
}

// writeMade writes the list of our files, if it says anything new.
func (o *output) writeMade(names []string) error {
	data := []byte(strings.Join(names, "\n") + "\n")
	if o.isSame(madeFile, data) {
		return nil
	}
	// Beside the stage, since what is in it is of the site.
	temp := o.staging + ".made"
	if err := o.root.WriteFile(temp, data, 0o666); err != nil {
		return fmt.Errorf("write the list of built files: %w", err)
	}
	if err := o.root.Rename(temp, madeFile); err != nil {
		return fmt.Errorf("write the list of built files: %w", err)
	}
	return nil
}

// Abort drops what is staged. After Commit it does nothing more.
func (o *output) Abort() {
	_ = o.root.RemoveAll(o.staging)
	_ = o.root.RemoveAll(o.staging + ".made")
	_ = o.root.RemoveAll(o.staging + ".mark")
	_ = o.root.Close()
}
