package vault

import (
	"cmp"
	"context"
	"crypto/sha256"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"runnel/vault/obsidian"
)

// A Keeper keeps a vault up to date with its folder. It reads what has
// changed, and only that; what it then holds is what [Load] would give, but
// for the trees of the notes: but for those that Options.Trees allows they are
// released, and [Keeper.Plant] gives one back where it is needed.
//
// What a note says is a function of its own file, and kept. Where links lead
// is a function of the whole vault: it is found anew for all links, unless
// only the text of some notes has changed. Then no name means another file
// than before, and the links of those notes and to them are all that can have
// changed.
//
// A Keeper is used by one goroutine at a time, and nobody uses its vault while
// it updates that.
type Keeper struct {
	loader
	vault  *Vault
	ix     *index
	listed *listing
	told   *listing         // by Listed, until the first update
	kept   map[string]*kept // by path, a note each
	// outside is what Options.Attachments hold.
	outside  []*File
	problems []Problem // of outside
}

// A kept note is what is known of one file.
type kept struct {
	draft
	stamp  Stamp
	links  []Problem // what is wrong with them
	packed string    // what Pack wrote of it, if it comes from Restore
}

// A Stamp tells by a file's looks whether it has changed.
type Stamp struct {
	Size     int64
	Modified time.Time
}

// Changes are what an update did to a vault.
type Changes struct {
	// All says that notes have come, gone or changed their names: a link may
	// lead elsewhere than before, wherever it stands.
	All bool
	// Notes have changed in their text, where All is not set. They are the
	// same notes as before, with other content.
	Notes []*Note
}

// None says that nothing has changed but, maybe, what is wrong with notes that
// are not published.
func (c Changes) None() bool { return !c.All && len(c.Notes) == 0 }

// NewKeeper makes a keeper of a vault that is not read yet.
func NewKeeper(fsys fs.FS, opts Options) *Keeper {
	k := &Keeper{loader: loader{fsys: fsys, opts: opts, parser: obsidian.Parser()},
		kept: map[string]*kept{}}
	k.trees.Store(opts.Trees)
	return k
}

// Vault is the vault as the last update left it, nil before the first.
func (k *Keeper) Vault() *Vault { return k.vault }

// Update reads again those of the named files and folders that are notes or
// hold some; without names it looks for itself what has changed. After an
// error all is as it was.
func (k *Keeper) Update(ctx context.Context, names []string) (Changes, error) {
	names = slices.DeleteFunc(slices.Clone(names), hidden)
	all := k.vault == nil || names == nil
	listed := k.listed
	if k.told != nil {
		listed, k.told = k.told, nil
	} else if all || slices.ContainsFunc(names, k.moves) {
		var err error
		if listed, err = list(ctx, k.fsys); err != nil {
			return Changes{}, err
		}
	}
	outside, problems := k.outside, k.problems
	if all {
		var err error
		if outside, problems, err = k.listOutside(ctx); err != nil {
			return Changes{}, err
		}
	}
	fresh := k.readChanged(ctx, listed, names, all)
	if err := ctx.Err(); err != nil {
		return Changes{}, err
	}
	moved := k.vault == nil || !sameListing(listed, k.listed) || !slices.EqualFunc(outside, k.outside, sameFile)
	k.listed, k.outside, k.problems = listed, outside, problems
	return k.take(ctx, fresh, moved)
}

// hidden reports whether a name is, or is within, what Obsidian does not show.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if ignored(part) && part != "." {
			return true
		}
	}
	return false
}

// moves reports whether a named file can have come, gone or become another
// thing than it was.
func (k *Keeper) moves(name string) bool {
	info, err := fs.Stat(k.fsys, name)
	if err != nil || !info.Mode().IsRegular() {
		return true
	}
	if isNote(name) {
		return k.kept[name] == nil
	}
	_, known := slices.BinarySearchFunc(k.listed.files, name, walkOrder)
	return !known
}

// walkOrder compares paths as a walk through their folders comes by them.
func walkOrder(a, b string) int {
	for i := range min(len(a), len(b)) {
		switch {
		case a[i] == b[i]:
		case a[i] == '/':
			return -1
		case b[i] == '/':
			return 1
		default:
			return cmp.Compare(a[i], b[i])
		}
	}
	return cmp.Compare(len(a), len(b))
}

func sameListing(a, b *listing) bool {
	return a == b || slices.Equal(a.notes, b.notes) && slices.Equal(a.files, b.files)
}

func sameFile(a, b *File) bool { return a.Path == b.Path && a.Name == b.Name }

func (k *Keeper) listOutside(ctx context.Context) (files []*File, problems []Problem, err error) {
	for _, folder := range k.opts.Attachments {
		listed, err := list(ctx, folder.FS)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			problems = append(problems, Problem{Path: folder.Name,
				Message: "cannot be used for attachments: " + err.Error()})
			continue
		}
		for _, name := range listed.files {
			files = append(files, &File{
				Path: path.Join(folder.Name, name), FS: folder.FS, Name: name})
		}
	}
	return files, problems, nil
}

// readChanged reads the notes that are new, that are named or lie below a
// named folder, and with all those that do not look as before.
func (k *Keeper) readChanged(ctx context.Context, listed *listing, names []string, all bool) []*kept {
	named := make(map[string]bool, len(names))
	for _, name := range names {
		named[name] = true
	}
	fresh := make([]*kept, len(listed.notes))
	// Of a vault that is new they lie side by side: see settle.
	var together []kept
	if len(k.kept) == 0 {
		together = make([]kept, len(fresh))
	}
	inParallel(ctx, len(fresh), func(i int) {
		name := listed.notes[i]
		old := k.kept[name]
		if old != nil && (k.vault == nil || !all && !isNamed(named, name)) {
			return // before there is a vault, it was restored
		}
		if old != nil && all && !named[name] && k.stamp(name) == old.stamp {
			return
		}
		f := new(kept)
		if together != nil {
			f = &together[i]
		}
		f.draft, f.stamp = k.read(name)
		if f.note != nil && !f.keepsTree {
			f.note.Release()
			f.note.settle()
		}
		fresh[i] = f
	})
	return slices.DeleteFunc(fresh, func(f *kept) bool { return f == nil })
}

func isNamed(named map[string]bool, name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if named[name] {
			return true
		}
	}
	return named["."]
}

// stamp is that of a file, zero where there is none.
func (k *Keeper) stamp(name string) Stamp {
	info, err := fs.Stat(k.fsys, name)
	if err != nil {
		return Stamp{}
	}
	return stampOf(info)
}

func stampOf(info fs.FileInfo) Stamp { return Stamp{info.Size(), info.ModTime()} }

// Has reports whether there is a published note or another file of a name.
func (k *Keeper) Has(name string) bool {
	if isNote(name) {
		return k.kept[name] != nil && k.kept[name].note != nil
	}
	_, known := slices.BinarySearchFunc(k.listed.files, name, walkOrder)
	return known
}

// Sum is the hash of what was read of a note, published or not.
func (k *Keeper) Sum(name string) (sum [sha256.Size]byte, ok bool) {
	d := k.kept[name]
	if d == nil || d.sum == sum {
		return sum, false
	}
	return d.sum, true
}
