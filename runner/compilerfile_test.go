package runner

import (
	"testing"
)

func TestRunner_Compiler(t *testing.T) {
	files, err := newRunner(t).Compiler(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var gz, br int64
	for _, f := range files {
		switch f.Name[len(f.Name)-3:] {
		case ".gz":
			gz += f.Size
		case ".br":
			br += f.Size
		}
	}
	t.Log(len(files), files[0], gz, br)
}
