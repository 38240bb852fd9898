package runner

import (
	"context"
	"encoding/binary"
	"encoding/json"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"

	"runnel/runner/timeline"
)

// File descriptors of the guest. The runtime's last words go to 2, as in any
// Go program; the guest opens 3 as the program's standard error.
const (
	fdStdout = 1
	fdWords  = 2
	fdStderr = 3
)

// WASI's error numbers.
const (
	wasiOK    = 0
	wasiBadf  = 8
	wasiFault = 21
)

// runKey is the key of a context's *run.
type runKey struct{}

// runOf returns the run that a host function is called for.
func runOf(ctx context.Context) *run {
	return ctx.Value(runKey{}).(*run)
}

// instantiateHost gives the runtime what a guest imports: WASI as wazero has
// it, but for writing, and the module "runnel" as cmd/guest describes it.
func instantiateHost(ctx context.Context, r wazero.Runtime) error {
	wasi := r.NewHostModuleBuilder(wasi_snapshot_preview1.ModuleName)
	wasi_snapshot_preview1.NewFunctionExporter().ExportFunctions(wasi)
	i32 := api.ValueTypeI32
	wasi.NewFunctionBuilder().WithGoModuleFunction(
		api.GoModuleFunc(func(
			ctx context.Context, m api.Module, stack []uint64,
		) {
			stack[0] = uint64(fdWrite(ctx, m, uint32(stack[0]),
				uint32(stack[1]), uint32(stack[2]), uint32(stack[3])))
		}),
		[]api.ValueType{i32, i32, i32, i32}, []api.ValueType{i32},
	).Export("fd_write")
	if _, err := wasi.Instantiate(ctx); err != nil {
		return err
	}
	host := r.NewHostModuleBuilder("runnel")
	host.NewFunctionBuilder().WithFunc(jobLen).Export("job_len")
	host.NewFunctionBuilder().WithFunc(jobRead).Export("job_read")
	host.NewFunctionBuilder().WithFunc(libraryLen).Export("library_len")
	host.NewFunctionBuilder().WithFunc(libraryRead).Export("library_read")
	host.NewFunctionBuilder().WithFunc(report).Export("report")
	host.NewFunctionBuilder().WithFunc(setting).Export("setting")
	host.NewFunctionBuilder().WithFunc(steps).Export("steps")
	host.NewFunctionBuilder().WithGoModuleFunction(
		api.GoModuleFunc(func(
			ctx context.Context, m api.Module, stack []uint64,
		) {
			stack[0] = uint64(event(ctx, m, stack))
		}),
		[]api.ValueType{i32, i32, i32, i32, i32, i32, i32, i32},
		[]api.ValueType{i32},
	).Export("event")
	host.NewFunctionBuilder().WithFunc(panicAt).Export("panic_at")
	host.NewFunctionBuilder().WithFunc(capture).Export("capture")
	host.NewFunctionBuilder().WithFunc(captured).Export("captured")
	_, err := host.Instantiate(ctx)
	return err
}

// fdWrite is WASI's fd_write for the three descriptors that can be written.
func fdWrite(
	ctx context.Context, m api.Module, fd, vectors, count, written uint32,
) uint32 {
	out := &runOf(ctx).output
	total := uint32(0)
	for i := range count {
		vector, ok := m.Memory().Read(vectors+8*i, 8)
		if !ok {
			return wasiFault
		}
		text, ok := m.Memory().Read(
			binary.LittleEndian.Uint32(vector),
			binary.LittleEndian.Uint32(vector[4:]))
		if !ok {
			return wasiFault
		}
		switch fd {
		case fdStdout:
			out.write(timeline.Stdout, text)
		case fdStderr:
			out.write(timeline.Stderr, text)
		case fdWords:
			out.speak(text)
		default:
			return wasiBadf
		}
		total += uint32(len(text))
	}
	if !m.Memory().WriteUint32Le(written, total) {
		return wasiFault
	}
	return wasiOK
}

func jobLen(ctx context.Context) uint32 {
	return uint32(len(runOf(ctx).program.Source))
}

func jobRead(ctx context.Context, m api.Module, p uint32) {
	m.Memory().WriteString(p, runOf(ctx).program.Source)
}

// report takes the guest's verdict on a program that will not run.
func report(ctx context.Context, m api.Module, p, length uint32) {
	text, ok := m.Memory().Read(p, length)
	if !ok || json.Unmarshal(text, &runOf(ctx).verdict) != nil {
		panic(sys.NewExitError(255)) // the guest is not ours
	}
	panic(errReport)
}
