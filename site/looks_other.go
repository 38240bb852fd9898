//go:build !linux

package site

import "os"

// Here nobody tells whether two files look the same because they are, so that
// each build is made whole.

func lookAtFile(dir, name string) (looks, bool, error) { return looks{}, false, errUnsure }

func lockFolder(string) (unlock func(), ok bool) { return func() {}, false }

func readWhole(file string) ([]byte, error) { return os.ReadFile(file) }
