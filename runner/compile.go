package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// Limits of the compiler and the linker, each: a program may be written to
// exhaust them.
const (
	buildLimit       = 20 * time.Second
	buildMemoryLimit = 2 << 30 // bytes
	buildFileLimit   = 64 << 20
)

// startFile is compiled beside every program.
const startFile = `package main

import _ "` + beginPackage + `"
`

// zonesFile is compiled beside programs that may ask for a time zone: there
// are no files to find it in.
const zonesFile = `
import _ "time/tzdata"
`

// moduleName is a compiled program in its folder.
const moduleName = "main.wasm"

// build compiles a rewritten program in a folder. What the compiler has
// against it comes back as diagnostics.
func (t *toolchain) build(
	ctx context.Context, dir string, what sources,
) ([]timeline.Diagnostic, error) {
	config, main := filepath.Join(t.dir, importcfgName), what.Source
	if what.Runner != "" {
		list, tested, err := t.buildTested(ctx, dir, what.Source)
		if err != nil || len(list) > 0 {
			return list, err
		}
		config, main = tested, what.Runner
	}
	file := filepath.Join(dir, "main.go")
	start := filepath.Join(dir, "start.go")
	archive := filepath.Join(dir, "main.a")
	if err := os.WriteFile(file, []byte(main), 0o666); err != nil {
		return nil, err
	}
	extra := startFile
	if strings.Contains(what.Source, "LoadLocation") {
		extra += zonesFile
	}
	if err := os.WriteFile(start, []byte(extra), 0o666); err != nil {
		return nil, err
	}
	said, err := t.compile(ctx, t.dir, dir, config,
		"-p", "main", "-complete", "-o", archive, file, start)
	if err != nil {
		if list := compilerDiagnostics(said); len(list) > 0 {
			return list, nil
		}
		return nil, gaveUp(ctx, "compile a program", said, err)
	}
	said, err = t.run(ctx, "link", t.dir, dir, "-importcfg", config,
		"-s", "-w", "-buildmode=exe",
		"-o", filepath.Join(dir, moduleName), archive)
	if err != nil {
		if list := linkerDiagnostics(said); len(list) > 0 {
			return list, nil
		}
		return nil, gaveUp(ctx, "link a program", said, err)
	}
	return nil, nil
}

// buildTested compiles a program of tests, which its runner imports: config
// lists what that can import.
func (t *toolchain) buildTested(
	ctx context.Context, dir, source string,
) (list []timeline.Diagnostic, config string, err error) {
	file := filepath.Join(dir, "tested.go")
	archive := filepath.Join(dir, "tested.a")
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		return nil, "", err
	}
	said, err := t.compile(ctx, t.dir, dir, importcfgName,
		"-p", rewrite.TestedPath, "-complete", "-o", archive, file)
	if err != nil {
		if list := compilerDiagnostics(said); len(list) > 0 {
			return list, "", nil
		}
		return nil, "", gaveUp(ctx, "compile a program", said, err)
	}
	known, err := os.ReadFile(filepath.Join(t.dir, importcfgName))
	if err != nil {
		return nil, "", err
	}
	config = filepath.Join(dir, importcfgName)
	known = fmt.Appendf(known, "packagefile %s=%s\n",
		rewrite.TestedPath, archive)
	return nil, config, os.WriteFile(config, known, 0o666)
}

// compile runs the compiler in the folder of the archives.
func (t *toolchain) compile(
	ctx context.Context, archives, scratch, config string, args ...string,
) (said string, err error) {
	return t.run(ctx, "compile", archives, scratch, append([]string{
		"-importcfg", config, "-pack", "-trimpath", scratch,
	}, args...)...)
}

// run runs a tool, confined, with an environment that says nothing but the
// platform.
func (t *toolchain) run(
	ctx context.Context, tool, dir, scratch string, args ...string,
) (said string, err error) {
	ctx, cancel := context.WithTimeout(ctx, buildLimit)
	defer cancel()
	executable, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the tool itself: %w", err)
	}
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	cmd := exec.CommandContext(ctx, executable,
		append([]string{filepath.Join(t.tools, tool)}, args...)...)
	cmd.Dir = dir
	cmd.Env = []string{
		workerVariable + "=" + confinedTool,
		"GOOS=wasip1", "GOARCH=wasm", "TMPDIR=" + scratch,
	}
	out := &tail{}
	cmd.Stdout, cmd.Stderr = out, out
	err = cmd.Run()
	if cause := context.Cause(ctx); err != nil && cause != nil {
		if errors.Is(cause, context.DeadlineExceeded) {
			return "", &exhausted{"the compiler takes too long"}
		}
		return "", cause
	}
	return out.String(), err
}

// limits are what the tools, or the system, say when they meet a limit.
var limits = []struct{ said, why string }{
	{"file too large", "what comes of it is too large"},
	{"file size limit", "what comes of it is too large"},
	{"out of memory", "it needs too much memory"},
	{"cannot allocate memory", "it needs too much memory"},
	{"CPU time limit", "it takes too long"},
}

// gaveUp says why a tool has ended without a word on the program's text: a
// limit, or a crash of its own, are the program's doing. A tool that is not
// there is not.
func gaveUp(ctx context.Context, what, said string, err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) || ctx.Err() != nil {
		return err
	}
	for _, l := range limits {
		if strings.Contains(said+exit.String(), l.said) {
			return &exhausted{"the compiler gives up: " + l.why}
		}
	}
	// Of a trace of stacks only the end is kept.
	if strings.Contains(said, "internal compiler error") ||
		strings.Contains(said, "\ngoroutine ") || exit.ExitCode() < 0 {
		return &exhausted{"the compiler gives up: it crashes"}
	}
	return fmt.Errorf("%s: %w: %s", what, err, said)
}

// complaint is one of the compiler's, on the program's own file. That of a
// program of tests stands in files of other names, in a folder that says by
// how many lines these are further down in the program.
var complaint = regexp.MustCompile(
	`(?m)^(?:(?:.*/)?main\.go|/(-?\d+)/[^/\n:]+\.go):(\d+):\d+: (.*)$`)

// compilerDiagnostics reads what the compiler said. Its columns are those of
// the rewritten text, so that they are left out.
func compilerDiagnostics(said string) []timeline.Diagnostic {
	var list []timeline.Diagnostic
	for _, m := range complaint.FindAllStringSubmatch(said, -1) {
		ahead, _ := strconv.Atoi(m[1])
		line, _ := strconv.Atoi(m[2])
		list = append(list, timeline.Diagnostic{
			Line: ahead + line, Message: m[3],
		})
	}
	return list
}

// linkerDiagnostics reads what the linker said against the program: a
// directive that reaches into the library, or a function that is not there.
func linkerDiagnostics(said string) []timeline.Diagnostic {
	said = strings.ReplaceAll(said, rewrite.Module+"/", "")
	for line := range strings.Lines(said) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "link: ")
		if strings.HasPrefix(line, "main: ") ||
			strings.Contains(line, "main.") {
			return []timeline.Diagnostic{{Message: line}}
		}
	}
	return nil
}
