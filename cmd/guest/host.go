//go:build wasip1

package main

import (
	"encoding/json"
	"runtime"
	"unsafe"

	"runnel/cmd/guest/check"
	"runnel/runner/timeline"
)

//go:wasmimport runnel job_len
func jobLen() int32

//go:wasmimport runnel job_read
func jobRead(p unsafe.Pointer)

//go:wasmimport runnel report
func hostReport(p unsafe.Pointer, length int32)

//go:wasmimport runnel library_len
func libraryLen(path unsafe.Pointer, length int32) int32

//go:wasmimport runnel library_read
func libraryRead(p unsafe.Pointer)

//go:wasmimport runnel setting
func setting(key int32) int64

// job fetches the program's text.
func job() string {
	text := make([]byte, jobLen())
	if len(text) > 0 {
		jobRead(unsafe.Pointer(&text[0]))
		runtime.KeepAlive(text)
	}
	return string(text)
}

// library fetches the export data of a package that only a compiled program
// can import, nil if there is none.
func library(path string) []byte {
	n := libraryLen(unsafe.Pointer(unsafe.StringData(path)), int32(len(path)))
	runtime.KeepAlive(path)
	if n == 0 {
		return nil
	}
	text := make([]byte, n)
	libraryRead(unsafe.Pointer(&text[0]))
	runtime.KeepAlive(text)
	return text
}

// report tells the host why the program did not run, or what to compile.
func report(v check.Verdict, what compiled) {
	answer(struct {
		timeline.Recording
		compiled
	}{
		timeline.Recording{
			End:         timeline.End{Kind: v.Kind, Message: v.Message},
			Diagnostics: v.Diagnostics,
			Vet:         v.Vet,
		},
		what,
	})
}

// compiled is what the host is to compile.
type compiled struct {
	// Source is the program, rewritten.
	Source string
	// Runner is a package main that imports it and runs its tests, "" where
	// it has a main itself.
	Runner string
}

// answer hands the host what it wanted, as JSON. It does not return.
func answer(what any) {
	text, err := json.Marshal(what)
	if err != nil {
		panic(err) // what is answered is always valid JSON
	}
	hostReport(unsafe.Pointer(&text[0]), int32(len(text)))
	runtime.KeepAlive(text)
}
