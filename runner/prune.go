package runner

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// pruneAfter is how long what nobody used stays in the cache.
const pruneAfter = 14 * 24 * time.Hour

// prunable are the beginnings of the names of what makes a cache large: a
// guest and its compiled code are some 100 MB, and each change of Go, of the
// guest's sources or of wazero makes new ones.
var prunable = []string{
	"guest-", "compiled-", "compiler-", "results-", "toolchain-", ".making-", ".broken-",
}

// touch says that a file or folder is in use.
func touch(path string) {
	now := time.Now()
	// Should it fail, it is made again some day.
	_ = os.Chtimes(path, now, now)
}

// prune removes from the cache what nobody used for long. What it cannot
// remove stays.
func prune(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || time.Since(info.ModTime()) < pruneAfter {
			continue
		}
		for _, prefix := range prunable {
			if strings.HasPrefix(entry.Name(), prefix) {
				_ = os.RemoveAll(filepath.Join(dir, entry.Name()))
			}
		}
	}
}
