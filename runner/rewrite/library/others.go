// Package library is the generic part of Go's library that programs use most,
// in words that can be copied into a program for the interpreter, which has
// no generic code of the library. Each name is that of the package and that
// of the function or type.
package library

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"sync"
)

func CmpCompare[T cmp.Ordered](x, y T) int {
	switch {
	case x != x && y != y:
		return 0
	case x != x || x < y:
		return -1
	case y != y || x > y:
		return 1
	}
	return 0
}

func CmpLess[T cmp.Ordered](x, y T) bool {
	return x != x && y == y || x < y
}

func CmpOr[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}

func SyncOnceValue[T any](f func() T) func() T {
	var once sync.Once
	var value T
	return func() T {
		once.Do(func() { value = f() })
		return value
	}
}

func SyncOnceValues[T, U any](f func() (T, U)) func() (T, U) {
	var once sync.Once
	var value T
	var other U
	return func() (T, U) {
		once.Do(func() { value, other = f() })
		return value, other
	}
}

// AtomicPointer is not used by two goroutines at once where the interpreter
// runs.
type AtomicPointer[T any] struct{ value *T }

func (p *AtomicPointer[T]) Load() *T { return p.value }

func (p *AtomicPointer[T]) Store(value *T) { p.value = value }

func (p *AtomicPointer[T]) Swap(value *T) *T {
	old := p.value
	p.value = value
	return old
}

func (p *AtomicPointer[T]) CompareAndSwap(old, value *T) bool {
	if p.value != old {
		return false
	}
	p.value = value
	return true
}

type UniqueHandle[T comparable] struct{ value T }

func (h UniqueHandle[T]) Value() T { return h.value }

func UniqueMake[T comparable](value T) UniqueHandle[T] {
	return UniqueHandle[T]{value}
}

func RandN[T ~int | ~int8 | ~int16 | ~int32 | ~int64](n T) T {
	return T(rand.Int64N(int64(n)))
}

func ErrorsAsType[E error](err error) (E, bool) {
	var e E
	ok := errors.As(err, &e)
	return e, ok
}
