package runner

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Pages get a list of the library's packages and a file for each, the same
// ones each time.
func TestReference(t *testing.T) {
	t.Parallel()
	r := &Runner{CacheDir: t.TempDir()}
	defer r.Close()
	files, err := r.Reference(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(files[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	var list []documented
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	by := map[string]string{}
	size := int64(0)
	for i, p := range list {
		by[p.Path] = p.By
		if f := files[i+1]; f.Name != p.File {
			t.Errorf("%q is %q, want %q", p.Path, f.Name, p.File)
		}
		size += files[i+1].Size
	}
	for path, want := range map[string]string{"fmt": "yaegi", "archive/tar": "go", "net/http": "", "builtin": ""} {
		if got, ok := by[path]; !ok || got != want {
			t.Errorf("%q is run by %q (%t), want %q", path, got, ok, want)
		}
	}
	if _, ok := by["internal/abi"]; ok || len(list) != len(files)-1 || size > 4e6 {
		t.Errorf("%d packages, %d files, %d bytes", len(list), len(files), size)
	}
	again, err := r.Reference(t.Context(), func(GuestFile) bool { return true })
	if err != nil || len(again) != len(files) || again[7] != files[7] {
		t.Errorf("got %v, %v, want the same again", again, err)
	}
}

// Where there is no Go, or none of its sources, there is none, and nobody is
// told.
func TestReference_withoutGo(t *testing.T) {
	without := t.TempDir()
	for name, script := range map[string]string{"no Go": "", "no sources": "#!/bin/sh\necho " + without + "\n"} {
		t.Run(name, func(t *testing.T) {
			bin := t.TempDir()
			if script != "" {
				if runtime.GOOS == "windows" {
					t.Skip("a script stands for Go")
				}
				if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", bin)
			r := &Runner{CacheDir: filepath.Join(t.TempDir(), "cache")}
			defer r.Close()
			if files, err := r.Reference(t.Context(), nil); err != nil || len(files) > 0 {
				t.Errorf("got %v, %v, want nothing", files, err)
			}
		})
	}
}
