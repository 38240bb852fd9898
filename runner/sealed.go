package runner

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A sealed folder is made aside, gets a file of checksums and is then put in
// its place whole: nobody ever sees a half of it, two processes that make
// the same one do not meet, and damage shows.

// sealName is the file of checksums.
const sealName = "seal"

// ensureSealed makes a sealed folder with what fill puts into it, unless it
// is there and sound.
func ensureSealed(
	ctx context.Context, dir string, fill func(dir string) error,
) error {
	if checkSeal(dir) == nil {
		touch(dir)
		return nil
	}
	unlock, err := lock(ctx, dir+".lock")
	if err != nil {
		return fmt.Errorf("wait for another build: %w", err)
	}
	defer unlock()
	if checkSeal(dir) == nil { // another process has made it meanwhile
		return nil
	}
	if err := discard(dir); err != nil {
		return err
	}
	if err := makeSealed(dir, fill); err != nil {
		return err
	}
	prune(filepath.Dir(dir))
	return nil
}

// makeSealed makes a sealed folder. If another process was faster, its
// folder stays.
func makeSealed(dir string, fill func(dir string) error) error {
	aside, err := os.MkdirTemp(filepath.Dir(dir), ".making-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	if err := fill(aside); err != nil {
		return err
	}
	sums, err := checksums(aside)
	if err != nil {
		return err
	}
	seal := filepath.Join(aside, sealName)
	if err := os.WriteFile(seal, sums, 0o666); err != nil {
		return err
	}
	if err := os.Rename(aside, dir); err != nil && checkSeal(dir) != nil {
		return err
	}
	return nil
}

// errBroken is what is wrong with a folder that does not match its seal.
var errBroken = errors.New("seal is broken")

// checkSeal says whether the folder is as it was made.
func checkSeal(dir string) error {
	want, err := os.ReadFile(filepath.Join(dir, sealName))
	if err != nil {
		return err
	}
	got, err := checksums(dir)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return errBroken
	}
	return nil
}

// sealOf returns a short name for the content of a sealed folder.
func sealOf(dir string) (string, error) {
	sums, err := os.ReadFile(filepath.Join(dir, sealName))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(sums))[:32], nil
}

// discard removes a folder with a broken seal, if there is one.
func discard(dir string) error {
	aside, err := os.MkdirTemp(filepath.Dir(dir), ".broken-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	err = os.Rename(dir, filepath.Join(aside, "folder"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// checksums lists the files of a folder with their checksums.
func checksums(dir string) ([]byte, error) {
	var list bytes.Buffer
	err := filepath.WalkDir(dir, func(
		path string, d fs.DirEntry, err error,
	) error {
		if err != nil || d.IsDir() || d.Name() == sealName {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		sum := sha256.New()
		if _, err := io.Copy(sum, f); err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		fmt.Fprintf(&list, "%x %s\n", sum.Sum(nil), filepath.ToSlash(name))
		return err
	})
	return list.Bytes(), err
}
