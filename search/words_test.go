package search

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		" – … ?! ":                  "",
		"Go, go; GO":                "go go go",
		"don't snake_case a-b":      "don t snake case a b",
		"Café CAFÉ cafe\u0301":      "cafe cafe cafe",
		"Straße Smørrebrød Łódź":    "strasse smorrebrod lodz",
		"İstanbul ısı":              "istanbul isi",
		"ΛΌΓΟΣ λόγος":               "λογοσ λογοσ",
		"ﬁne ① Ｇｏ":                  "fine 1 go",
		"שָׁלוֹם سَلَام":            "שלום سلام",
		"한국어 문서":                    "한국어 문서",
		"並行処理":                      "並行 行処 処理 理",
		"Goの並行":                     "go の並 並行 行",
		"猫":                         "猫",
		"ﾊﾞｸﾞ":                      "バグ グ",
		"ภาษา":                      "ภา าษ ษา า",
		"100 % 1.26":                "100 1 26",
		strings.Repeat("long", 20):  strings.Repeat("long", 8),
		strings.Repeat("länge", 20): strings.Repeat("lange", 6) + "la",
		"a\xffb":                    "a b",
	} {
		var got []string
		Words(text, func(w []byte) { got = append(got, string(w)) })
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: got %q, want %q", text, s, want)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"Goの並行処理", "e\u0301\u0301", "\u0301", "ﷺ", "a\xff", "ำ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Words(text, func(w []byte) {
			if len(w) == 0 || strings.ContainsAny(string(w), " \n*#") {
				t.Errorf("%q has the word %q", text, w)
			}
		})
	})
}
