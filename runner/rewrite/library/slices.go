package library

import (
	"cmp"
	"iter"
	"sort"
)

func SlicesAll[S ~[]E, E any](s S) iter.Seq2[int, E] {
	return func(yield func(int, E) bool) {
		for i, v := range s {
			if !yield(i, v) {
				return
			}
		}
	}
}

func SlicesBackward[S ~[]E, E any](s S) iter.Seq2[int, E] {
	return func(yield func(int, E) bool) {
		for i := len(s) - 1; i >= 0; i-- {
			if !yield(i, s[i]) {
				return
			}
		}
	}
}

func SlicesValues[S ~[]E, E any](s S) iter.Seq[E] {
	return func(yield func(E) bool) {
		for _, v := range s {
			if !yield(v) {
				return
			}
		}
	}
}

func SlicesAppendSeq[S ~[]E, E any](s S, seq iter.Seq[E]) S {
	seq(func(v E) bool {
		s = append(s, v)
		return true
	})
	return s
}

func SlicesCollect[E any](seq iter.Seq[E]) []E {
	var s []E
	seq(func(v E) bool {
		s = append(s, v)
		return true
	})
	return s
}

func SlicesSorted[E cmp.Ordered](seq iter.Seq[E]) []E {
	s := SlicesCollect(seq)
	SlicesSort(s)
	return s
}

func SlicesSortedFunc[E any](seq iter.Seq[E], compare func(E, E) int) []E {
	s := SlicesCollect(seq)
	SlicesSortFunc(s, compare)
	return s
}

func SlicesSortedStableFunc[E any](
	seq iter.Seq[E], compare func(E, E) int,
) []E {
	s := SlicesCollect(seq)
	SlicesSortStableFunc(s, compare)
	return s
}

func SlicesChunk[S ~[]E, E any](s S, n int) iter.Seq[S] {
	if n < 1 {
		panic("cannot be less than 1")
	}
	return func(yield func(S) bool) {
		for i := 0; i < len(s); i += n {
			end := i + n
			if end > len(s) {
				end = len(s)
			}
			if !yield(s[i:end:end]) {
				return
			}
		}
	}
}

func SlicesSort[S ~[]E, E cmp.Ordered](s S) {
	sort.Slice(s, func(i, j int) bool {
		a, b := s[i], s[j]
		return a < b || a != a && b == b
	})
}

func SlicesSortFunc[S ~[]E, E any](s S, compare func(a, b E) int) {
	sort.Slice(s, func(i, j int) bool { return compare(s[i], s[j]) < 0 })
}

func SlicesSortStableFunc[S ~[]E, E any](s S, compare func(a, b E) int) {
	sort.SliceStable(s, func(i, j int) bool {
		return compare(s[i], s[j]) < 0
	})
}

func SlicesIsSorted[S ~[]E, E cmp.Ordered](s S) bool {
	for i := len(s) - 1; i > 0; i-- {
		if CmpLess(s[i], s[i-1]) {
			return false
		}
	}
	return true
}

func SlicesIsSortedFunc[S ~[]E, E any](s S, compare func(a, b E) int) bool {
	for i := len(s) - 1; i > 0; i-- {
		if compare(s[i], s[i-1]) < 0 {
			return false
		}
	}
	return true
}

func SlicesBinarySearch[S ~[]E, E cmp.Ordered](s S, target E) (int, bool) {
	from, to := 0, len(s)
	for from < to {
		middle := int(uint(from+to) >> 1)
		if CmpLess(s[middle], target) {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from, from < len(s) && CmpCompare(s[from], target) == 0
}

func SlicesBinarySearchFunc[S ~[]E, E, T any](
	s S, target T, compare func(E, T) int,
) (int, bool) {
	from, to := 0, len(s)
	for from < to {
		middle := int(uint(from+to) >> 1)
		if compare(s[middle], target) < 0 {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from, from < len(s) && compare(s[from], target) == 0
}

func SlicesMin[S ~[]E, E cmp.Ordered](s S) E {
	if len(s) < 1 {
		panic("slices.Min: empty list")
	}
	least := s[0]
	for _, v := range s[1:] {
		if v < least || v != v {
			least = v
		}
	}
	return least
}

func SlicesMax[S ~[]E, E cmp.Ordered](s S) E {
	if len(s) < 1 {
		panic("slices.Max: empty list")
	}
	most := s[0]
	for _, v := range s[1:] {
		if v > most || v != v {
			most = v
		}
	}
	return most
}

func SlicesMinFunc[S ~[]E, E any](s S, compare func(a, b E) int) E {
	if len(s) < 1 {
		panic("slices.MinFunc: empty list")
	}
	least := s[0]
	for _, v := range s[1:] {
		if compare(v, least) < 0 {
			least = v
		}
	}
	return least
}

func SlicesMaxFunc[S ~[]E, E any](s S, compare func(a, b E) int) E {
	if len(s) < 1 {
		panic("slices.MaxFunc: empty list")
	}
	most := s[0]
	for _, v := range s[1:] {
		if compare(v, most) > 0 {
			most = v
		}
	}
	return most
}
