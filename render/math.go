package render

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/wyatt915/treeblood"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"runnel/vault/obsidian"
)

// maxTeX bounds the mathematics that is tried, in bytes.
const maxTeX = 10_000

// math renders mathematics in a line of text.
func (p *page) math(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*obsidian.Math)
		p.formula(w, string(n.TeX), n.Display, node)
	}
	return ast.WalkSkipChildren, nil
}

// mathBlock renders displayed mathematics.
func (p *page) mathBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="math"`)
		p.writeID(w, node)
		_, _ = w.WriteString(">")
		p.formula(w, string(node.Lines().Value(source)), true, node)
		_, _ = w.WriteString("</div>\n")
	}
	return ast.WalkSkipChildren, nil
}

// formula writes MathML, or where that cannot be made the TeX as it is, which
// is a problem.
func (p *page) formula(w util.BufWriter, tex string, display bool, node ast.Node) {
	mathML, err := p.formulas.draw(tex, display)
	if err == nil {
		_, _ = w.WriteString(mathML)
		return
	}
	p.problemAt(node, fmt.Sprintf("holds mathematics that cannot be drawn and is shown as TeX: %v", err))
	_, _ = w.WriteString(`<code class="tex">` + html.EscapeString(strings.TrimSpace(tex)) + `</code>`)
}

// formulas keeps what small formulas come out as: notes have the same ones
// again and again, and one takes as long as a page of text. It is safe for
// concurrent use.
type formulas struct {
	drawn sync.Map // of formula to drawing
	count atomic.Int64
}

type formula struct {
	tex     string
	display bool
}

type drawing struct {
	mathML string
	err    error
}

// Bounds of what is kept: a few megabytes.
const (
	maxKept    = 10_000
	maxKeptTeX = 200 // bytes
)

func (f *formulas) draw(tex string, display bool) (mathML string, err error) {
	if len(tex) > maxKeptTeX {
		return toMathML(tex, display)
	}
	key := formula{tex, display}
	if made, ok := f.drawn.Load(key); ok {
		return made.(drawing).mathML, made.(drawing).err
	}
	mathML, err = toMathML(tex, display)
	if f.count.Add(1) <= maxKept {
		f.drawn.Store(key, drawing{mathML, err})
	}
	return mathML, err
}

var errUnknownTeX = errors.New("it is not understood")

// toMathML turns TeX into MathML. The library panics on some TeX; that is an
// error like any other.
func toMathML(tex string, display bool) (mathML string, err error) {
	defer func() {
		if recover() != nil {
			mathML, err = "", errUnknownTeX
		}
	}()
	if len(tex) > maxTeX {
		return "", fmt.Errorf("it is longer than %d bytes", maxTeX)
	}
	if strings.TrimSpace(tex) == "" {
		return "", errors.New("it is empty")
	}
	style := treeblood.InlineStyle
	if display {
		style = treeblood.DisplayStyle
	}
	made, err := style(strings.TrimSpace(tex), nil)
	if err != nil {
		return "", errors.New(strings.ToLower(strings.Join(strings.Fields(err.Error()), " ")))
	}
	if strings.Contains(made, "<merror") {
		return "", errUnknownTeX
	}
	return cleanMathML(made)
}

// mathElements are the elements of MathML Core (MathML Core, 2 and 3).
var mathElements = names("math mi mn mo mtext mspace ms mrow mfrac msqrt mroot mstyle merror mpadded " +
	"mphantom msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd " +
	"menclose none")

// mathAttributes are those that only say how a formula looks.
var mathAttributes = names("display displaystyle scriptlevel mathvariant stretchy form fence separator " +
	"largeop movablelimits symmetric accent accentunder minsize maxsize lspace rspace width height depth " +
	"voffset linethickness columnalign rowalign columnspacing rowspacing columnlines rowlines frame " +
	"columnspan rowspan notation dir")

// cleanMathML writes MathML anew with nothing but elements and attributes that
// we know, balanced and escaped, and without the TeX that it was made from. An
// element that we do not know is an error: text of the formula may look like
// one.
func cleanMathML(made string) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(cutSource(made)))
	d.Entity = xml.HTMLEntity
	for {
		t, err := d.Token()
		if err == io.EOF && b.Len() > 0 {
			return b.String(), nil
		}
		if err != nil {
			return "", errUnknownTeX
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "semantics" {
				continue
			}
			if !mathElements[t.Name.Local] {
				return "", errUnknownTeX
			}
			openMath(&b, t)
		case xml.EndElement:
			if t.Name.Local != "semantics" {
				b.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				b.WriteString(html.EscapeString(string(t)))
			}
		}
	}
}

// cutSource takes out the TeX, which the library does not escape.
func cutSource(made string) string {
	const end = "</annotation>"
	i, j := strings.Index(made, "<annotation"), strings.LastIndex(made, end)
	if i < 0 || j < i {
		return made
	}
	return made[:i] + made[j+len(end):]
}

// openMath writes a tag. The library gives attributes in any order.
func openMath(b *strings.Builder, t xml.StartElement) {
	b.WriteString("<" + t.Name.Local)
	slices.SortFunc(t.Attr, func(x, y xml.Attr) int { return cmp.Compare(x.Name.Local, y.Name.Local) })
	for _, a := range t.Attr {
		name := a.Name.Local
		if name == "strechy" { // as the library spells it
			name = "stretchy"
		}
		if mathAttributes[name] {
			b.WriteString(" " + name + `="` + html.EscapeString(a.Value) + `"`)
		}
	}
	b.WriteString(">")
}
