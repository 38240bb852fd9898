package symbols

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"
)

// TestTables_current generates the tables anew. They belong to one version
// of Go: "go generate" makes them current.
func TestTables_current(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks the standard library from source")
	}
	t.Parallel()
	dir := t.TempDir()
	list, err := os.ReadFile("packages.txt")
	if err != nil {
		t.Fatal(err)
	}
	err = os.WriteFile(filepath.Join(dir, "packages.txt"), list, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", "./generate", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := tableFiles(t, dir)
	got := tableFiles(t, ".")
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is of no package of packages.txt", name)
		}
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s is not current: run go generate", name)
		}
	}
}

// tableFiles reads the generated files of a folder.
func tableFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join(dir, "table*.go"))
	if len(names) == 0 {
		t.Fatalf("no tables in %s", dir)
	}
	files := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = string(text)
	}
	return files
}

func TestLoad(t *testing.T) {
	for _, path := range Packages() {
		if !Has(path) {
			t.Errorf("%q is listed, but not there", path)
		}
		Load(path)
	}
	if got, want := len(Symbols), len(Packages()); got != want {
		t.Errorf("got %d tables, want %d", got, want)
	}
	exit := Symbols["os/os"]["Exit"]
	if exit.Pointer() != reflect.ValueOf(os.Exit).Pointer() {
		t.Error("os.Exit is not Go's")
	}
	Load("net/http") // has no table, and does nothing
	for _, path := range []string{"unsafe", "syscall", "os/exec", "net"} {
		if Has(path) {
			t.Errorf("a program may import %q", path)
		}
	}
}

func TestMapTypes(t *testing.T) {
	Load("fmt")
	types := MapTypes()
	for _, name := range []string{"Println", "Sprintf", "Errorf"} {
		if len(types[Symbols["fmt/fmt"][name]]) == 0 {
			t.Errorf("fmt.%s looks at no interfaces", name)
		}
	}
}
