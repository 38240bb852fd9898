//go:build !linux

package site

import "io/fs"

// Here nobody tells whether two files look the same because they are, so that
// each build is made whole.

func changedOf(fs.FileInfo) (nanoseconds int64, inode uint64) { return 0, 0 }

func lockFolder(string) (unlock func(), ok bool) { return func() {}, false }
