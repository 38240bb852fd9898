// Build publishes a folder of Obsidian notes as a static site and runs the Go
// in it. Its manual is what `go run ./cmd/build -h` prints, and the comment of
// package site.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"runnel/runner"
	"runnel/site"
)

const usage = `Usage: go run ./cmd/build [options]

Build reads a folder of Obsidian notes, runs the Go programs in them, and
writes a static site. A note is published if its properties say
"publish: true". Problems in notes never stop a build: they are printed as
file:line:col: message.

Options:
  -notes DIR        the folder of notes (default "notes")
  -out DIR          where the site goes (default "public")
  -attachments DIR  another folder to find images and files in by their names;
                    may be given more than once
  -all              publish every note that does not say "publish: false" or
                    "draft: true"
  -base-url URL     the site's address, for canonical links and the sitemap
                    (default: the home note's base-url, else Netlify's)
  -engine NAME      what runs the programs: yaegi, the quick interpreter; go,
                    the local Go toolchain; or both, which shows what Go
                    does and reports where they differ (default "both")
  -strict           exit with status 1 if there are problems
  -cache DIR        where the interpreter and results are kept (default: a
                    folder "runnel" in the user's cache folder)
  -v                say what is being done, also where no one watches

Example:
  go run ./cmd/build -notes ~/vault -attachments ~/vault-images -out public
`

func main() {
	runner.ServeIfWorker()
	boundMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case errors.Is(err, errProblems):
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

var (
	errUsage    = errors.New("wrong usage")        // said already
	errProblems = errors.New("there are problems") // printed already
)

// run is the whole command: the report goes to stdout, talk to stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stdout, stderr)
	if err != nil {
		return err
	}
	talk := newProgress(stderr, o.verbose)
	r := &runner.Runner{CacheDir: o.cache, Progress: talk.say}
	defer r.Close()
	build := site.Build{
		Notes: o.notes, Out: o.out, Attachments: o.attachments, All: o.all,
		BaseURL: o.baseURL, HostURL: hostURL(), Runner: r, Engine: o.engine, Progress: talk.step,
	}
	report, err := build.Run(ctx)
	talk.clear()
	if err != nil {
		return err
	}
	report.Print(stdout)
	if o.strict && len(report.Problems) > 0 {
		return errProblems
	}
	return nil
}

type options struct {
	notes, out, baseURL, cache string
	attachments                []string
	all, strict, verbose       bool
	engine                     runner.Engine
}

func parse(args []string, stdout, stderr io.Writer) (options, error) {
	var o options
	fs := flag.NewFlagSet("build", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.notes, "notes", "notes", "")
	fs.StringVar(&o.out, "out", "public", "")
	fs.Func("attachments", "", func(dir string) error {
		o.attachments = append(o.attachments, dir)
		return nil
	})
	fs.BoolVar(&o.all, "all", false, "")
	fs.StringVar(&o.baseURL, "base-url", "", "")
	o.engine = runner.Both
	fs.Func("engine", "", func(name string) (err error) {
		o.engine, err = runner.ParseEngine(name)
		return err
	})
	fs.BoolVar(&o.strict, "strict", false, "")
	fs.StringVar(&o.cache, "cache", "", "")
	fs.BoolVar(&o.verbose, "v", false, "")
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return o, err
	}
	if err == nil && fs.NArg() > 0 {
		err = fmt.Errorf("unexpected %q: name the folder of notes with -notes", fs.Arg(0))
	}
	if err != nil {
		fmt.Fprintf(stderr, "build: %v\nbuild: -h lists the options\n", err)
		return o, errUsage
	}
	if o.cache == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return o, fmt.Errorf("find the cache folder (name one with -cache): %w", err)
		}
		o.cache = filepath.Join(dir, "runnel")
	}
	return o, nil
}

// hostURL is the address that Netlify gives a site while it builds it
// (Netlify docs, Build environment variables): the site's main one, unless
// this is a preview.
func hostURL() string {
	if os.Getenv("CONTEXT") == "production" || os.Getenv("DEPLOY_PRIME_URL") == "" {
		return os.Getenv("URL")
	}
	return os.Getenv("DEPLOY_PRIME_URL")
}
