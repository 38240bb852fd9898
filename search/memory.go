package search

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// A Memory lets what was written before be. What is shown of a group of notes
// is a function of these notes alone; the lists of words change where notes do.
type Memory struct {
	// Groups are those that were written before, by their keys. In their place
	// Update leaves those that it has written or kept.
	Groups map[string]Group
	// Keep keeps a file of before, or says that it is not there as it was. It is
	// required.
	Keep func(name string) bool
	// Notes are those of before, in their order. In their place Update leaves
	// those of now. Old gives the parts of one of them by its key, and Read a
	// file of before, nil where it is not known or not there as it was; without
	// these all words are gathered anew.
	Notes []Known
	Old   func(key string) []Part
	Read  func(name string) []byte
}

// A Group is what was written of some notes: the name of its file, and those of
// the files with its texts, one after another, all without their ending.
type Group struct{ Name, Texts string }

// Update makes the files of an index as [Write] does, but for those of groups
// that the memory has: these it keeps. Where few notes have changed it revises
// the lists of words rather than gathering them anew.
func Update(notes []Note, m *Memory, write func(name string, data []byte) error) error {
	w := &writer{write: write, taken: map[string]bool{}, memory: m, groupsNow: map[string]Group{}}
	err := w.all(notes)
	m.Groups, m.Notes = w.groupsNow, make([]Known, len(notes))
	for i, n := range notes {
		m.Notes[i] = Known{n.Key, len(n.Parts)}
	}
	return err
}

// known gives the name of a group that was written before and is there still.
// The key is "" for notes without keys.
func (w *writer) known(notes []Note) (key, name string) {
	if w.memory == nil || slices.ContainsFunc(notes, func(n Note) bool { return n.Key == "" }) {
		return "", ""
	}
	var all []byte
	for _, n := range notes {
		all = append(binary.AppendUvarint(all, uint64(len(n.Key))), n.Key...)
	}
	sum := sha256.Sum256(all)
	key = string(sum[:16])
	g, ok := w.memory.Groups[key]
	if !ok || !w.keepAll(g) {
		return key, ""
	}
	w.groupsNow[key] = g
	return key, g.Name
}

func (w *writer) keepAll(g Group) bool {
	for names := g.Name + g.Texts; names != ""; names = names[nameSize:] {
		if len(names) < nameSize {
			return false
		}
		name := names[:nameSize] + groupEnding
		if !w.taken[name] && !w.memory.Keep(name) {
			return false
		}
		w.taken[name] = true
	}
	return true
}

// groupEnding is that of the files of groups and texts.
const groupEnding = ".json"
