package site

import (
	"io"
	"os"
	"syscall"
	"time"
)

// lookAtFile takes the looks of a file, and says whether it is a regular one.
// When it was last changed in any way counts too, also by who then set its time
// back, and which file it is. It is asked of tens of thousands of files at once,
// which is why it does not ask package os.
func lookAtFile(dir, name string) (l looks, regular bool, err error) {
	var s syscall.Stat_t
	if err := syscall.Lstat(dir+"/"+name, &s); err != nil {
		return looks{}, false, err
	}
	if !time.Unix(0, s.Mtim.Nano()).Equal(time.Unix(s.Mtim.Sec, s.Mtim.Nsec)) {
		return looks{}, false, errUnsure // it is centuries away
	}
	l = looks{Name: name, Size: s.Size, Modified: s.Mtim.Nano(), Changed: s.Ctim.Nano(), Inode: s.Ino}
	return l, s.Mode&syscall.S_IFMT == syscall.S_IFREG, nil
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

// readWhole reads a file that is written once and never again: a large one is
// left where the system has it, as long as this tool runs.
func readWhole(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if size := info.Size(); size >= 1<<20 && size == int64(int(size)) {
		return syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_PRIVATE|syscall.MAP_POPULATE)
	}
	return io.ReadAll(f)
}
