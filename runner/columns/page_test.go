package columns

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// decodeAll has columns.js undo the files of its folder and compares each to
// the archive beside it.
const decodeAll = `
import fs from 'node:fs';
import {restored} from './columns.js';
for (let i = 0; fs.existsSync(i + '.text'); i++) {
  const got = Buffer.from(restored(new Uint8Array(fs.readFileSync(i + '.text'))));
  if (!got.equals(fs.readFileSync(i + '.archive'))) console.log(i);
}
let failed = 0;
const text = new Uint8Array(fs.readFileSync('0.text'));
for (const damaged of [text.slice(0, -1), text.slice(0, text.length / 2), text.slice(0, 2), text.map(b => b ^ 7)])
  try {
    restored(damaged);
  } catch {
    failed++;
  }
console.log(failed, 'fail');
`

// What the page makes of an encoded archive is the archive, byte for byte.
func TestColumns_page(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("RUNNEL_CI") != "" {
			t.Fatal("no Node, which runs the page's decoder")
		}
		t.Skip("no Node, which runs the page's decoder")
	}
	dir := t.TempDir()
	write := func(name string, text []byte) {
		err := os.WriteFile(filepath.Join(dir, name), text, 0o666)
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"columns.js", "hashes.js", "sum.js"} {
		text, err := os.ReadFile(filepath.Join("../../theme/compiler", name))
		if err != nil {
			t.Fatal(err)
		}
		write(name, text)
	}
	write("package.json", []byte(`{"type": "module"}`))
	write("all.js", []byte(decodeAll))
	patterns := []string{"std"}
	if testing.Short() {
		patterns = []string{"fmt"}
	}
	i := 0
	for path, archive := range archives(t, patterns...) {
		write(strconv.Itoa(i)+".archive", archive)
		write(strconv.Itoa(i)+".text", Encode(path, archive))
		i++
	}
	cmd := exec.Command(node, "all.js")
	cmd.Dir = dir
	if got, err := cmd.CombinedOutput(); err != nil || string(got) != "4 fail\n" {
		t.Errorf("%v, of %d archives other than these:\n%s", err, i, got)
	}
}
