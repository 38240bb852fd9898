package runner

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

func TestRun_cache(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	ctx := context.Background()
	first, err := r.Run(ctx, Program{Source: sleepers})
	if err != nil {
		t.Fatal(err)
	}
	if first.Cached || first.Real == 0 {
		t.Errorf("first run: got cached %v, real time %v",
			first.Cached, first.Real)
	}
	second, err := r.Run(ctx, Program{Source: sleepers, Timeout: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	if !second.Cached {
		t.Error("second run was not cached")
	}
	if !reflect.DeepEqual(first.Recording, second.Recording) {
		t.Errorf("got %+v from the cache, want %+v", second, first)
	}
	for name, p := range map[string]Program{
		"source": {Source: sleepers + "\n"},
		"args":   {Source: sleepers, Args: []string{"a"}},
		"stdin":  {Source: sleepers, Stdin: "a"},
	} {
		if result, err := r.Run(ctx, p); err != nil || result.Cached {
			t.Errorf("with another %s: got cached %v, error %v",
				name, result.Cached, err)
		}
	}
}

// A cached result needs neither a worker nor the interpreter.
func TestRun_cacheAlone(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	ctx := context.Background()
	if _, err := r.Run(ctx, Program{Source: sleepers}); err != nil {
		t.Fatal(err)
	}
	empty := t.TempDir()
	other := &Runner{CacheDir: empty, ResultDir: r.ResultDir}
	defer other.Close()
	result, err := other.Run(ctx, Program{Source: sleepers})
	if err != nil || !result.Cached {
		t.Fatalf("got cached %v, error %v", result.Cached, err)
	}
	if entries, _ := os.ReadDir(empty); len(entries) > 0 {
		t.Errorf("a cached run made %v", entries)
	}
}

func TestRun_damagedResult(t *testing.T) {
	t.Parallel()
	damages := map[string]func([]byte) []byte{
		"truncated": func(b []byte) []byte { return b[:len(b)/2] },
		"empty":     func([]byte) []byte { return nil },
		"one bit": func(b []byte) []byte {
			b[len(b)-1] ^= 1
			return b
		},
	}
	r := newRunner(t)
	ctx := context.Background()
	for name, damage := range damages {
		if _, err := r.Run(ctx, Program{Source: sleepers}); err != nil {
			t.Fatal(err)
		}
		for _, file := range files(t, r.ResultDir) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, damage(b), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		for i, cached := range []bool{false, true} {
			result, err := r.Run(ctx, Program{Source: sleepers})
			if err != nil || result.Cached != cached ||
				len(result.Writes) != 6 {
				t.Errorf("%s, run %d: got cached %v, %d writes, error %v",
					name, i, result.Cached, len(result.Writes), err)
			}
		}
	}
}

// files lists the files below a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(
		path string, d fs.DirEntry, err error,
	) error {
		if err == nil && !d.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatalf("no files in %s", dir)
	}
	return list
}

func TestSealed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "folder")
	made := 0
	ensure := func() {
		t.Helper()
		err := ensureSealed(context.Background(), dir, func(
			dir string,
		) error {
			made++
			return os.WriteFile(
				filepath.Join(dir, "file"), []byte("content"), 0o666)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	ensure()
	ensure()
	if made != 1 {
		t.Errorf("made %d times, want once", made)
	}
	damages := map[string]func() error{
		"truncated file": func() error {
			return os.Truncate(filepath.Join(dir, "file"), 3)
		},
		"other content": func() error {
			return os.WriteFile(
				filepath.Join(dir, "file"), []byte("CONTENT"), 0o666)
		},
		"file too many": func() error {
			return os.WriteFile(filepath.Join(dir, "more"), nil, 0o666)
		},
		"no seal": func() error {
			return os.Remove(filepath.Join(dir, sealName))
		},
		"no folder": func() error { return os.RemoveAll(dir) },
		"a file instead": func() error {
			if err := os.RemoveAll(dir); err != nil {
				return err
			}
			return os.WriteFile(dir, nil, 0o666)
		},
	}
	for name, damage := range damages {
		made = 0
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		ensure()
		if made != 1 || checkSeal(dir) != nil {
			t.Errorf("%s: made %d times, seal: %v", name, made, checkSeal(dir))
		}
	}
	rest, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".*"))
	if len(rest) > 0 {
		t.Errorf("left behind %v", rest)
	}
}
