package site

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"runnel/vault"
)

// A Report says what a build did.
type Report struct {
	// Notes are published, Hidden are not.
	Notes, Hidden int
	// Pages are all pages of the site, Written and Removed the files that
	// changed in the output folder.
	Pages, Written, Removed int
	// Programs ran, or were found in the cache: that many are Cached.
	Programs, Cached int
	// Problems are sorted by place. Their paths are those of the vault.
	Problems []vault.Problem
	// Warnings are what go vet has against programs that run: they are printed,
	// and are no problems.
	Warnings []vault.Problem
	// Interpreter and Compiler are what readers' browsers may fetch to run
	// programs, in bytes with brotli; 0 where pages do not run them by it.
	Interpreter, Compiler int
	// Notice is what is amiss with this machine rather than with the notes.
	Notice string
	Took   time.Duration

	notes, out string
	confirmed  bool // nothing had changed
	kept       int  // parts of the site that were not made again
	unsure     bool // another build may show something else
}

// sortProblems puts problems in the order of their places, each once.
func sortProblems(all []vault.Problem) []vault.Problem {
	slices.SortFunc(all, func(a, b vault.Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(all)
}

// Place is a problem with the path of its file: "file:line:col: message".
func Place(notes string, p vault.Problem) string {
	place := filepath.Join(notes, filepath.FromSlash(p.Path))
	if p.Line > 0 {
		place += ":" + strconv.Itoa(p.Line)
	}
	if p.Column > 0 {
		place += ":" + strconv.Itoa(p.Column)
	}
	return place + ": " + p.Message
}

// Print writes the problems and warnings, as "file:line:col: message", and a
// summary.
func (r *Report) Print(w io.Writer) {
	for _, p := range slices.Concat(r.Problems, r.Warnings) {
		fmt.Fprintln(w, Place(r.notes, p))
	}
	if r.Notice != "" {
		fmt.Fprintln(w, r.Notice)
	}
	if r.Interpreter > 0 {
		fmt.Fprintf(w, "readers run programs by the interpreter, %.1f MB with brotli", float64(r.Interpreter)/1e6)
		if r.Compiler > 0 {
			fmt.Fprintf(w, ", and by Go's compiler, %.1f MB with all packages", float64(r.Compiler)/1e6)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s in %s: %s (%s hidden), %s run (%d cached), %s; %s written, %d removed; %.2f s\n",
		count(r.Pages, "page"), r.out, count(r.Notes, "note"), strconv.Itoa(r.Hidden),
		count(r.Programs, "program"), r.Cached, count(len(r.Problems), "problem"),
		count(r.Written, "file"), r.Removed, r.Took.Seconds())
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
