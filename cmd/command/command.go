// Package command is what the commands have in common: the options that say
// what is read and how it is run, and what is told while that takes long.
package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"runnel/runner"
)

// ErrUsage says that the arguments were wrong, which has been said already.
var ErrUsage = errors.New("wrong usage")

// A Command is the options of a command. Its own ones are added to Flags
// before Parse.
type Command struct {
	Name, Usage string // required

	Notes, BaseURL, Cache string
	Attachments           []string
	All, Verbose          bool
	Engine                runner.Engine

	flags *flag.FlagSet
}

// Flags are the options of the command, to which it adds its own.
func (c *Command) Flags() *flag.FlagSet {
	if c.flags != nil {
		return c.flags
	}
	fs := flag.NewFlagSet(c.Name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&c.Notes, "notes", "notes", "")
	fs.Func("attachments", "", func(dir string) error {
		c.Attachments = append(c.Attachments, dir)
		return nil
	})
	fs.BoolVar(&c.All, "all", false, "")
	fs.StringVar(&c.BaseURL, "base-url", "", "")
	c.Engine = runner.Both
	fs.Func("engine", "", func(name string) (err error) {
		c.Engine, err = runner.ParseEngine(name)
		return err
	})
	fs.StringVar(&c.Cache, "cache", "", "")
	fs.BoolVar(&c.Verbose, "v", false, "")
	c.flags = fs
	return fs
}

// Parse reads the arguments. Help is printed, and so is what is wrong.
func (c *Command) Parse(args []string, stdout, stderr io.Writer) error {
	fs := c.Flags()
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, c.Usage)
		return err
	}
	if err == nil && fs.NArg() > 0 {
		err = fmt.Errorf("unexpected %q: name the folder of notes with -notes", fs.Arg(0))
	}
	if err != nil {
		fmt.Fprintf(stderr, "%s: %v\n%[1]s: -h lists the options\n", c.Name, err)
		return ErrUsage
	}
	if c.Cache == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("find the cache folder (name one with -cache): %w", err)
		}
		c.Cache = filepath.Join(dir, "runnel")
	}
	return nil
}
