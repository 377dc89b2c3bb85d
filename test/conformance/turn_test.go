//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestTakeTurn(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	var said strings.Builder
	done, err := takeTurn(ctx, &said, dir)
	if err != nil || said.Len() > 0 {
		t.Fatalf("alone: got %q and error %v", &said, err)
	}
	short, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	if _, err := takeTurn(short, &said, dir); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(said.String(), "waiting") {
		t.Errorf("beside another run: got %q and error %v", &said, err)
	}
	done()
	if done, err = takeTurn(ctx, &said, dir); err != nil {
		t.Fatalf("after the other run: %v", err)
	}
	done()
}
