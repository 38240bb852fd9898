package runner

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// guestName is the guest in its sealed folder.
const guestName = "guest.wasm"

// makeGuest compiles the guest, with its export data in it.
func makeGuest(ctx context.Context, root, dir string) error {
	scratch, err := os.MkdirTemp("", "runnel-guest-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	exports := filepath.Join(scratch, "exports.zip")
	if err := packExports(ctx, root, exports); err != nil {
		return fmt.Errorf("collect the export data: %w", err)
	}
	overlay, err := writeOverlay(scratch, map[string]string{
		filepath.Join(root, "cmd", "guest", "exports.zip"): exports,
	})
	if err != nil {
		return err
	}
	linked := filepath.Join(scratch, guestName)
	_, err = goCommand(ctx, root, "build", "-trimpath",
		"-ldflags=-s -w", "-overlay="+overlay, "-o", linked, "./cmd/guest")
	if err != nil {
		return fmt.Errorf("build the interpreter: %w", err)
	}
	module, err := os.ReadFile(linked)
	if err != nil {
		return err
	}
	if module, err = joinSegments(module); err != nil {
		return fmt.Errorf("shorten the interpreter: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, guestName), module, 0o666)
}

// writeOverlay writes the file that tells the go command which files to read
// in the place of others.
func writeOverlay(dir string, replace map[string]string) (string, error) {
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, text, 0o666)
}

// goCommand runs the go command for the guest's platform and returns what it
// printed.
func goCommand(
	ctx context.Context, root string, args ...string,
) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm",
		"CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=-buildvcs=false")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %s", err,
			strings.TrimSpace(stderr.String()))
	}
	return stdout.Bytes(), nil
}
