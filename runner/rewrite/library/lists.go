package library

import "cmp"

func SlicesClip[S ~[]E, E any](s S) S {
	return s[:len(s):len(s)]
}

func SlicesClone[S ~[]E, E any](s S) S {
	return append(s[:0:0], s...)
}

func SlicesCompact[S ~[]E, E comparable](s S) S {
	if len(s) < 2 {
		return s
	}
	n := 1
	for i := 1; i < len(s); i++ {
		if s[i] != s[i-1] {
			s[n] = s[i]
			n++
		}
	}
	SlicesZero(s[n:])
	return s[:n]
}

func SlicesCompactFunc[S ~[]E, E any](s S, equal func(E, E) bool) S {
	if len(s) < 2 {
		return s
	}
	n := 1
	for i := 1; i < len(s); i++ {
		if !equal(s[n-1], s[i]) {
			s[n] = s[i]
			n++
		}
	}
	SlicesZero(s[n:])
	return s[:n]
}

// SlicesZero sets all elements to zero.
func SlicesZero[S ~[]E, E any](s S) {
	var zero E
	for i := range s {
		s[i] = zero
	}
}

func SlicesCompare[S ~[]E, E cmp.Ordered](a, b S) int {
	for i, v := range a {
		if i >= len(b) {
			return 1
		}
		if c := CmpCompare(v, b[i]); c != 0 {
			return c
		}
	}
	if len(a) < len(b) {
		return -1
	}
	return 0
}

func SlicesCompareFunc[S ~[]E, T ~[]F, E, F any](
	a S, b T, compare func(E, F) int,
) int {
	for i, v := range a {
		if i >= len(b) {
			return 1
		}
		if c := compare(v, b[i]); c != 0 {
			return c
		}
	}
	if len(a) < len(b) {
		return -1
	}
	return 0
}

func SlicesConcat[S ~[]E, E any](lists ...S) S {
	n := 0
	for _, s := range lists {
		n += len(s)
	}
	all := SlicesGrow[S](nil, n)
	for _, s := range lists {
		all = append(all, s...)
	}
	return all
}

func SlicesContains[S ~[]E, E comparable](s S, v E) bool {
	return SlicesIndex(s, v) >= 0
}

func SlicesContainsFunc[S ~[]E, E any](s S, is func(E) bool) bool {
	return SlicesIndexFunc(s, is) >= 0
}

func SlicesIndex[S ~[]E, E comparable](s S, v E) int {
	for i := range s {
		if v == s[i] {
			return i
		}
	}
	return -1
}

func SlicesIndexFunc[S ~[]E, E any](s S, is func(E) bool) int {
	for i := range s {
		if is(s[i]) {
			return i
		}
	}
	return -1
}

func SlicesDelete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	if i == j {
		return s
	}
	n := len(s)
	s = append(s[:i], s[j:]...)
	SlicesZero(s[len(s):n])
	return s
}

func SlicesDeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	n := 0
	for _, v := range s {
		if !del(v) {
			s[n] = v
			n++
		}
	}
	SlicesZero(s[n:])
	return s[:n]
}

func SlicesEqual[S ~[]E, E comparable](a, b S) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func SlicesEqualFunc[S ~[]E, T ~[]F, E, F any](
	a S, b T, equal func(E, F) bool,
) bool {
	if len(a) != len(b) {
		return false
	}
	for i, v := range a {
		if !equal(v, b[i]) {
			return false
		}
	}
	return true
}

func SlicesGrow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if n -= cap(s) - len(s); n > 0 {
		s = append(s[:cap(s)], make([]E, n)...)[:len(s)]
	}
	return s
}

func SlicesInsert[S ~[]E, E any](s S, i int, values ...E) S {
	_ = s[i:]
	if len(values) == 0 {
		return s
	}
	if len(s)+len(values) > cap(s) {
		all := append(s[:i], make(S, len(s)+len(values)-i)...)
		copy(all[i:], values)
		copy(all[i+len(values):], s[i:])
		return all
	}
	tail := append(S(nil), s[i:]...)
	all := append(s[:i], append(S(nil), values...)...)
	return append(all, tail...)
}

func SlicesReplace[S ~[]E, E any](s S, i, j int, values ...E) S {
	_ = s[i:j]
	n := len(s)
	tail := append(S(nil), s[j:]...)
	all := append(s[:i:i], values...)
	if i+len(values)+len(tail) <= cap(s) {
		all = append(s[:i], append(S(nil), values...)...)
	}
	all = append(all, tail...)
	if len(all) < n {
		SlicesZero(s[len(all):n])
	}
	return all
}

func SlicesRepeat[S ~[]E, E any](s S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	all := make(S, 0, len(s)*count)
	for i := 0; i < count; i++ {
		all = append(all, s...)
	}
	return all
}

func SlicesReverse[S ~[]E, E any](s S) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}
