package columns

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// archives are those of all standard packages that the local Go has for
// WebAssembly, or of some, by their paths.
func archives(t testing.TB, patterns ...string) map[string][]byte {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-export", "-deps",
		"-trimpath", "-f", "{{.ImportPath}} {{.Export}}"}, patterns...)...)
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	list, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for line := range strings.Lines(string(list)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		if file == "" {
			continue // unsafe
		}
		if all[path], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) == 0 {
		t.Fatal("no archives")
	}
	return all
}

// Each byte comes back, of hashes too, which the encoded form has not.
func TestColumns_archives(t *testing.T) {
	t.Parallel()
	pattern := "std"
	if testing.Short() {
		pattern = "fmt"
	}
	for path, archive := range archives(t, pattern) {
		text := Encode(path, archive)
		got, err := decode(text)
		if err != nil || !bytes.Equal(got, archive) {
			t.Errorf("%s: %v, or another archive", path, err)
		}
		at := bytes.Index(archive, []byte(magic))
		o, ok := open(archive[at:])
		if !ok {
			t.Fatalf("%s has no object that is understood", path)
		}
		if most := len(archive) - o.size(blockHash)*9/10 + 2000; len(text) > most {
			t.Errorf("%s: got %d bytes, want at most %d", path, len(text), most)
		}
	}
}

// Whatever is encoded comes back, and no damage of what is encoded does more
// than fail.
func FuzzEncode(f *testing.F) {
	archive := archives(f, "errors")["errors"]
	f.Add(archive, 0, byte(0))
	f.Add(archive[bytes.Index(archive, []byte(magic)):], 100, byte(255))
	f.Add([]byte(magic), 8, byte(1))
	f.Fuzz(func(t *testing.T, text []byte, at int, change byte) {
		encoded := Encode("p", text)
		got, err := decode(encoded)
		if err != nil || !bytes.Equal(got, text) {
			t.Fatalf("%v, or another text", err)
		}
		if at >= 0 && at < len(encoded) {
			encoded[at] ^= change
			decode(encoded)
		}
	})
}
