package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
)

func TestParallelJoinsErrorsInOrder(t *testing.T) {
	var done atomic.Int64
	err := parallel(context.Background(), 100, func(i int) error {
		done.Add(1)
		if i%40 == 7 {
			return fmt.Errorf("failed at %d", i)
		}
		return nil
	})
	if want := "failed at 7\nfailed at 47\nfailed at 87"; err == nil || err.Error() != want {
		t.Errorf("parallel = %v, want %s", err, want)
	}
	if done.Load() != 100 {
		t.Errorf("did %d of 100", done.Load())
	}
}

func TestParallelStopsWhenInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var done atomic.Int64
	err := parallel(ctx, 1000, func(int) error {
		done.Add(1)
		cancel()
		return errors.New("lost")
	})
	if err == nil || err.Error() != "interrupted" {
		t.Errorf("parallel = %v", err)
	}
	if done.Load() == 1000 {
		t.Error("parallel did everything nevertheless")
	}
}

func TestParallelPassesPanicsOn(t *testing.T) {
	defer func() {
		if c, ok := recover().(caught); !ok || c.value != "lost" || len(c.stack) == 0 {
			t.Errorf("recovered %v", c)
		}
	}()
	parallel(context.Background(), 3, func(i int) error {
		if i == 1 {
			panic("lost")
		}
		return nil
	})
	t.Error("no panic")
}
