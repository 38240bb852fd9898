//go:build wasip1

// Guest is the program inside the sandbox, compiled to WebAssembly. One
// instance runs one program: it takes the program's text from its host,
// type-checks it and interprets it with yaegi. The build and the reader's
// browser run the same file.
//
// A host answers, beside WASI, these functions of the module "runnel", whose
// values are i32 but for the answer of setting, an i64:
//
//	job_len() i32         the length of the program's text in bytes
//	job_read(ptr)         copies the text to ptr
//	library_len(ptr, len) i32
//	                      the length of the export data of the package with
//	                      that path, which only a compiled program can import;
//	                      0 if there is none
//	library_read(ptr)     copies it to ptr
//	report(ptr, len)      takes a verdict as JSON: the program did not run;
//	                      or what was asked for
//	setting(key) i64      0: how many steps the program may make, 1: the seed
//	                      of its yields, 2: 1 if it is not to be observed,
//	                      3: 1 if it is not to be run but to be reported,
//	                      rewritten for the Go compiler, 5: if the job is no
//	                      program, what it is: 1 a run to draw, 2 blocks to
//	                      make a program of, 3 code to highlight, 4 code to
//	                      format, 5 a program to warn of; 6 is asked for by a
//	                      program that begins to run its tests
//	steps(line)           the steps are used up: it does not return
//	event(g, kind, op, line, object, child, ptr, len) i32
//	                      an event; the numbers of kinds and operations are
//	                      those of package observe, the text is a name; 1
//	                      if no more events are wanted
//	panic_at(line)        where a panic begins, 0 when one is recovered
//	capture(on) i32       1: what is written to standard output is kept from
//	                      now on; 0: no longer, and how long it is
//	captured(ptr)         copies it to ptr
//
// and keeps file descriptor 3 open for writing: that is the program's
// standard error, so that 2 holds nothing but the last words of Go's runtime.
// A report ends the run; any other ending is the program's own. The host sets
// GOTRACEBACK=none, since a stack trace would show the interpreter, and
// GOMEMLIMIT; the program sees neither. Package runner is the host that
// others follow: its clock, its randomness, its limits. Package record says
// what a host must note of a run.
package main

import (
	"log"
	"os"
	"runtime/debug"

	"runnel/cmd/guest/check"
	"runnel/cmd/guest/symbols"
	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// maxStack bounds the stack of a goroutine, so that a recursion without end
// meets Go's own "stack overflow" before the sandbox is out of memory.
const maxStack = 32 << 20

// jobs are what the guest does beside running programs, by the setting that
// asks for it.
var jobs = map[int64]func(job string){
	1: draw, 2: compose, 3: colour, 4: format, 5: warn,
}

func main() {
	debug.SetMaxStack(maxStack)
	os.Clearenv()
	os.Stderr = os.NewFile(3, "/dev/stderr")
	log.SetOutput(os.Stderr)

	if do := jobs[setting(settingJob)]; do != nil {
		do(job())
		return
	}
	source := rewrite.Join(job())
	checker := check.Checker{Open: openExports, Has: symbols.Has}
	if setting(settingTranslate) != 0 {
		checker.Open, checker.Has = openLibrary, inLibrary
	}
	v := checker.Check(source)
	if setting(settingTranslate) != 0 {
		report(translate(source, v))
	}
	if v.Kind == timeline.OK {
		v = interpret(source, v)
	}
	if v.Kind != timeline.OK {
		report(v, compiled{})
	}
}
