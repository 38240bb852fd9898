package site

import (
	"io/fs"
	"os"
	"syscall"
)

// changedOf is when a file was last changed in any way, also by who then set
// its time back, and which file it is.
func changedOf(info fs.FileInfo) (nanoseconds int64, inode uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano(), s.Ino
	}
	return 0, 0
}

// lockFolder keeps other builds from putting their files in place at the same
// time. The system takes the lock back when the process ends.
func lockFolder(file string) (unlock func(), ok bool) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return func() {}, false
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		_ = f.Close()
		return func() {}, false
	}
	return func() { _ = f.Close() }, true
}
