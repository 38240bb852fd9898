package site

import (
	"cmp"
	"crypto/sha256"
	"path"
	"slices"
)

// A place is where a note stands, with what is in it.
type place struct {
	url URL
	sum [sha256.Size]byte
}

// changed lists the notes that differ.
func changed(before, after map[string]place) (paths []string) {
	for name, p := range after {
		if before[name] != p {
			paths = append(paths, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			paths = append(paths, name)
		}
	}
	slices.Sort(paths)
	return paths
}

// moves says for addresses that notes have left where these are now: at
// another address with the same path, at another path with the same text or,
// where the text changed too, the same name.
func moves(before, after map[string]place) map[URL]URL {
	moved := make(map[URL]URL)
	var gone, came []string
	for name, old := range before {
		now, ok := after[name]
		if !ok {
			gone = append(gone, name)
		} else if now.url != old.url {
			moved[old.url] = now.url
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			came = append(came, name)
		}
	}
	bySum := alone(came, func(name string) [sha256.Size]byte { return after[name].sum })
	byBase := alone(came, path.Base)
	for _, name := range gone {
		old := before[name]
		to := cmp.Or(bySum[old.sum], byBase[path.Base(name)])
		if to != "" {
			moved[old.url] = after[to].url
		}
	}
	return moved
}

// alone is the one name for each key, "" where several have it.
func alone[K comparable](names []string, key func(string) K) map[K]string {
	found := make(map[K]string)
	for _, name := range names {
		k := key(name)
		if _, taken := found[k]; taken {
			name = ""
		}
		found[k] = name
	}
	return found
}
