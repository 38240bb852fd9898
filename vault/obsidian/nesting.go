package obsidian

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxNesting bounds how many blocks may be open inside each other. For each
// line goldmark asks every open block whether it goes on, and each looks at
// the line from its start: without a bound a megabyte of `>` takes minutes.
const maxNesting = 100

// nested keeps a parser of blocks that hold blocks from going too deep. What
// would stand deeper is text.
type nested struct{ parser.BlockParser }

func (p nested) Open(
	parent ast.Node, reader text.Reader, pc parser.Context,
) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxNesting {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}
