package runner

import (
	"context"

	"github.com/tetratelabs/wazero/api"
)

// capture is the host function that keeps what a program writes to standard
// output, from 1 on: so does package testing while an example runs. With 0 it
// ends that, and says how much was written; captured hands it over.
func capture(ctx context.Context, on uint32) uint32 {
	o := &runOf(ctx).output
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.captures = on != 0
	if o.captures {
		o.captured = nil
	}
	return uint32(len(o.captured))
}

func captured(ctx context.Context, m api.Module, p uint32) {
	m.Memory().Write(p, runOf(ctx).output.captured)
}
