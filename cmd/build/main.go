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
	"syscall"

	"runnel/cmd/command"
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
  -lab NAME         what runs a program that a reader changes in its page: yaegi,
                    the interpreter; go, Go's own compiler, too; or none
                    (default: the home note's lab, else go where a program
                    needs it)
  -strict           exit with status 1 if there are problems
  -cache DIR        where the interpreter and results are kept (default: a
                    folder "runnel" in the user's cache folder)
  -v                say what is being done, also where no one watches

Example:
  go run ./cmd/build -notes ~/vault -attachments ~/vault-images -out public
`

func main() {
	runner.ServeIfWorker()
	command.BoundMemory(-1)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, command.ErrUsage):
		os.Exit(2)
	case errors.Is(err, errProblems):
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

var errProblems = errors.New("there are problems") // printed already

// run is the whole command: the report goes to stdout, talk to stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c := command.Command{Name: "build", Usage: usage}
	out := c.Flags().String("out", "public", "")
	strict := c.Flags().Bool("strict", false, "")
	var lab site.Lab
	c.Flags().Func("lab", "", func(name string) (err error) {
		lab, err = site.ParseLab(name)
		return err
	})
	if err := c.Parse(args, stdout, stderr); err != nil {
		return err
	}
	talk := command.NewProgress(stderr, c.Name, c.Verbose)
	r := &runner.Runner{CacheDir: c.Cache, Progress: talk.Say}
	defer r.Close()
	build := site.Build{
		Notes: c.Notes, Out: *out, Attachments: c.Attachments, All: c.All,
		BaseURL: c.BaseURL, HostURL: hostURL(), Runner: r, Engine: c.Engine, Lab: lab, Cache: c.Cache, Progress: talk.Step,
	}
	report, err := build.Run(ctx)
	talk.Clear()
	if err != nil {
		return err
	}
	report.Print(stdout)
	if *strict && len(report.Problems) > 0 {
		return errProblems
	}
	return nil
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
