package vault

import (
	"context"
	"io/fs"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// Load reads the notes of a folder, each once. It returns an error where the
// folder as a whole cannot be read or ctx ends; all else that is wrong is in
// Vault.Problems. The result depends on nothing but the files.
func Load(ctx context.Context, fsys fs.FS, opts Options) (*Vault, error) {
	opts.Trees, opts.Done = math.MaxInt64, nil
	k := NewKeeper(fsys, opts)
	if _, err := k.Update(ctx, nil); err != nil {
		return nil, err
	}
	return k.vault, nil
}

// inParallel calls do for 0 to n-1 on as many goroutines as there are cores,
// until ctx ends.
func inParallel(ctx context.Context, n int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
}
