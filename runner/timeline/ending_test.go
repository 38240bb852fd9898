package timeline

import "testing"

func TestEndOf(t *testing.T) {
	t.Parallel()
	const refusal = "the interpreter cannot run this program: "
	tests := map[string]struct {
		status int
		words  string
		want   End
	}{
		"ok":       {0, "", End{Kind: OK}},
		"exit":     {3, "", End{Kind: Exit, Code: 3}},
		"exit 2":   {2, "", End{Kind: Exit, Code: 2}},
		"panic":    {2, "panic: boom\n", died("panic: boom")},
		"no value": {2, "panic: \n", died("panic: ")},
		"two lines": {
			2, "panic: a\n\tb\n", died("panic: a\n\tb"),
		},
		"panicked again on the way out": {
			2, "panic: boom [recovered, repanicked]\n", died("panic: boom"),
		},
		"the same panic twice": {
			2, "panic: boom [recovered]\n\tpanic: boom\n",
			died("panic: boom"),
		},
		"another panic in a deferred function": {
			2, "panic: one\n\tpanic: two\n",
			died("panic: one\n\tpanic: two"),
		},
		"another panic after a recover": {
			2, "panic: one [recovered]\n" +
				"\tpanic: two [recovered, repanicked]\n",
			died("panic: one [recovered]\n\tpanic: two"),
		},
		"signal": {
			2, "panic: runtime error: invalid memory address or nil " +
				"pointer dereference\n[signal SIGSEGV]\n",
			died("panic: runtime error: invalid memory address or nil " +
				"pointer dereference"),
		},
		"deadlock": {
			2, "fatal error: all goroutines are asleep - deadlock!\n",
			End{
				Kind: Deadlock, Code: 2,
				Message: "fatal error: all goroutines are asleep " +
					"- deadlock!",
			},
		},
		"panic that speaks of a deadlock": {
			2, "panic: fatal error: deadlock!\n",
			died("panic: fatal error: deadlock!"),
		},
		"stack overflow": {
			2, "runtime: goroutine stack exceeds 33554432-byte limit\n" +
				"fatal error: stack overflow\n\nruntime stack:\n",
			died("fatal error: stack overflow"),
		},
		"place of the interpreter": {
			2, "panic: 5:14: interface conversion: interface {} is " +
				"string, not int\n",
			died("panic: interface conversion: interface {} is " +
				"string, not int"),
		},
		"package reflect's words": {
			2, "panic: reflect: slice index out of range\n",
			died("panic: runtime error: index out of range " +
				"(the interpreter cannot say which)"),
		},
		"failure of the interpreter": {
			2, "panic: reflect.Set: value of type int is not assignable\n",
			End{
				Kind: Refused,
				Message: refusal +
					"reflect.Set: value of type int is not assignable",
			},
		},
		"value the runtime cannot print": {
			2, "panic: <error Value>\n",
			died("panic: (a value the interpreter cannot show)"),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := EndOf(test.status, test.words); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// died is the end of a program that Go's runtime killed.
func died(message string) End {
	return End{Kind: Panic, Code: 2, Message: message}
}

// TestCompiledEndOf reads what compiled programs said when they ended.
func TestCompiledEndOf(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status int
		words  string
		want   End
	}{
		"well":   {0, "", End{Kind: OK}},
		"exit":   {3, "", End{Kind: Exit, Code: 3}},
		"exit 2": {2, "", End{Kind: Exit, Code: 2}},
		"a panic": {2, "panic: boom\n\ngoroutine 1 [running]:\n" +
			"main.f(...)\n\tmain.go:4\nmain.main()\n\tmain.go:7 +0x2\n",
			End{Kind: Panic, Code: 2, Message: "panic: boom", Line: 4}},
		"in the library": {2, "panic: strings: negative Repeat count\n\n" +
			"goroutine 1 [running]:\nstrings.Repeat({0x1, 0x2}, 0x3)\n" +
			"\tstrings/strings.go:600 +0x8\nmain.main()\n\tmain.go:6 +0x3\n",
			End{Kind: Panic, Code: 2,
				Message: "panic: strings: negative Repeat count", Line: 6}},
		"a signal": {2, "panic: runtime error: invalid memory address or nil " +
			"pointer dereference\n[signal 0xb code=0x0 addr=0x0 pc=0x0]\n\n" +
			"goroutine 1 [running]:\nmain.main()\n\tmain.go:9 +0x3\n",
			End{Kind: Panic, Code: 2, Line: 9, Message: "panic: runtime error: " +
				"invalid memory address or nil pointer dereference"}},
		"again": {2, "panic: a [recovered]\n\tpanic: b\n\n" +
			"goroutine 1 [running]:\nmain.main()\n\tmain.go:3 +0x3\n",
			End{Kind: Panic, Code: 2, Line: 3,
				Message: "panic: a [recovered]\n\tpanic: b"}},
		"a deadlock": {2, "fatal error: all goroutines are asleep - deadlock!" +
			"\n\ngoroutine 1 [chan receive]:\nmain.main()\n\tmain.go:5 +0x3\n" +
			"\ngoroutine 6 [chan send]:\nmain.f()\n\tmain.go:12 +0x3\n",
			End{Kind: Deadlock, Code: 2, Line: 5, Message: "fatal error: " +
				"all goroutines are asleep - deadlock!"}},
		"a stack": {2, "runtime: goroutine stack exceeds 8388608-byte limit\n" +
			"runtime: sp=0x1 stack=[0x2, 0x3]\nfatal error: stack overflow\n\n" +
			"runtime stack:\n\ngoroutine 1 [running]:\nmain.f()\n\tmain.go:3\n",
			End{Kind: Panic, Code: 2, Line: 3,
				Message: "fatal error: stack overflow"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := CompiledEndOf(test.status, test.words); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
