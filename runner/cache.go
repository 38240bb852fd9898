package runner

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"

	"runnel/runner/timeline"
)

// resultCache keeps recordings on disk, a file each: a checksum, then gob.
type resultCache struct {
	dir  string
	host string // hash of all that shapes a result beside the program
}

// key names the result of a program. A timeout is never kept, so the time it
// is given is not part of it.
func (c *resultCache) key(p Program) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %q %q %q %d %d %t %q", c.host, p.Source, p.Args,
		p.Stdin, p.Seed, p.Steps, p.Unwatched, p.Engine)
	return fmt.Sprintf("%x", h.Sum(nil))
}

// file is where the result with the key is kept.
func (c *resultCache) file(key string) string {
	return filepath.Join(c.dir, key[:2], key[2:])
}

// get returns a recording. One that is missing, damaged or written by other
// code is not there.
func (c *resultCache) get(key string) (timeline.Recording, bool) {
	var rec timeline.Recording
	text, err := os.ReadFile(c.file(key))
	if err != nil || len(text) < sha256.Size {
		return rec, false
	}
	sum, body := text[:sha256.Size], text[sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return rec, false
	}
	err = gob.NewDecoder(bytes.NewReader(body)).Decode(&rec)
	return rec, err == nil
}

// has says that there is a file for a program's result.
func (c *resultCache) has(p Program) bool {
	_, err := os.Stat(c.file(c.key(p)))
	return err == nil
}

// put keeps a recording.
func (c *resultCache) put(key string, rec timeline.Recording) error {
	var body bytes.Buffer
	if err := gob.NewEncoder(&body).Encode(rec); err != nil {
		return err
	}
	sum := sha256.Sum256(body.Bytes())
	file := c.file(key)
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(sum[:], body.Bytes()...))
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
