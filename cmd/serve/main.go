// Serve shows a folder of Obsidian notes as the site that cmd/build makes of
// it, while the notes are written. Its manual is what `go run ./cmd/serve -h`
// prints, and the comment of package preview.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"runnel/cmd/command"
	"runnel/preview"
	"runnel/runner"
	"runnel/site"
)

const usage = `Usage: go run ./cmd/serve [options]

Serve shows the site of a folder of Obsidian notes on this machine. What is
saved in Obsidian is on the page at once; programs run while you read.
Problems in notes are shown on the page and printed as
file:line:col: message.

Options:
  -notes DIR        the folder of notes (default "notes")
  -attachments DIR  another folder to find images and files in by their names;
                    may be given more than once
  -all              publish every note that does not say "publish: false" or
                    "draft: true"
  -drafts           show notes that are not published too, marked as such
  -addr HOST:PORT   where to listen, on this machine alone; where the port is
                    taken, the next free one (default "127.0.0.1:8000")
  -open             open the site in the browser
  -poll             look at all files instead of being told of changes, for
                    disks that tell of none
  -base-url URL     the site's address, as for build
  -engine NAME      what runs the programs: yaegi, go or both, which shows
                    what the interpreter prints until Go is ready
                    (default "both")
  -cache DIR        where the interpreter and results are kept (default: a
                    folder "runnel" in the user's cache folder)
  -v                say what is being done, also where no one watches

Example:
  go run ./cmd/serve -notes ~/vault -drafts -open
`

func main() {
	runner.ServeIfWorker()
	command.BoundMemory(400)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, command.ErrUsage):
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

// run is the whole command: addresses and problems go to stdout, talk to
// stderr. It ends with ctx.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c := command.Command{Name: "serve", Usage: usage}
	drafts := c.Flags().Bool("drafts", false, "")
	addr := c.Flags().String("addr", "127.0.0.1:8000", "")
	open := c.Flags().Bool("open", false, "")
	poll := c.Flags().Bool("poll", false, "")
	if err := c.Parse(args, stdout, stderr); err != nil {
		return err
	}
	listener, err := preview.Listen(*addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	talk := command.NewProgress(stderr, c.Name, c.Verbose)
	r := &runner.Runner{CacheDir: c.Cache, Progress: talk.Say}
	defer r.Close()
	live, err := site.OpenLive(ctx, site.Build{Notes: c.Notes, Attachments: c.Attachments, All: c.All,
		BaseURL: c.BaseURL, Runner: r, Engine: c.Engine, Progress: talk.Step}, *drafts)
	talk.Clear()
	if ctx.Err() != nil && err != nil {
		return nil // it was ended before there was anything to show
	}
	if err != nil {
		return err
	}
	defer live.Close()
	debug.FreeOSMemory() // which reading took, and showing does not
	address := "http://" + listener.Addr().String() + "/"
	fmt.Fprintf(stdout, "the site is at %s (Ctrl-C ends)\n", address)
	if *open {
		openBrowser(address, stderr)
	}
	server := &preview.Server{Site: live, Notes: c.Notes, Attachments: c.Attachments, Log: stdout, Poll: *poll}
	return serve(ctx, listener, server)
}

// serve answers until ctx ends.
func serve(ctx context.Context, listener net.Listener, server *preview.Server) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	web := &http.Server{
		Handler: server, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		// What a page waits for ends with us.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	var all sync.WaitGroup
	all.Go(func() { server.Run(ctx) })
	all.Go(func() {
		<-ctx.Done()
		_ = web.Close()
	})
	err := web.Serve(listener)
	stop()
	all.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// openBrowser opens an address as the system does. If that cannot be, the
// address has been printed.
func openBrowser(address string, stderr io.Writer) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	browser := exec.Command(name, args...)
	if err := browser.Start(); err != nil {
		fmt.Fprintf(stderr, "serve: open the browser: %v\n", err)
		return
	}
	go func() { _ = browser.Wait() }()
}
