package vault

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// A decoding is the text of a file as UTF-8 without a byte order mark.
type decoding struct {
	text []byte
	// replaced are the offsets in text at which U+FFFD stands for one byte.
	replaced []int
	// notUTF8 and nul are the offsets of the first such byte, or -1.
	notUTF8, nul int
}

// decode makes UTF-8 of a file's content. Windows' editors write UTF-16 with
// a mark; that is no error. What is no text becomes U+FFFD.
func decode(raw []byte) decoding {
	d := decoding{text: raw, notUTF8: -1, nul: -1}
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		d.text = decodeUTF16(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		d.text = decodeUTF16(raw[2:], binary.BigEndian)
	default:
		d.text = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	}
	if !utf8.Valid(d.text) || bytes.IndexByte(d.text, 0) >= 0 {
		d.replace()
	}
	return d
}

func decodeUTF16(raw []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(raw)/2+1)
	for ; len(raw) >= 2; raw = raw[2:] {
		units = append(units, order.Uint16(raw))
	}
	if len(raw) > 0 {
		units = append(units, utf8.RuneError)
	}
	return []byte(string(utf16.Decode(units)))
}

func (d *decoding) replace() {
	old := d.text
	d.text = make([]byte, 0, len(old)+64)
	for len(old) > 0 {
		r, size := utf8.DecodeRune(old)
		bad := r == utf8.RuneError && size == 1
		if r != 0 && !bad {
			d.text = append(d.text, old[:size]...)
			old = old[size:]
			continue
		}
		if bad && d.notUTF8 < 0 {
			d.notUTF8 = len(d.text)
		}
		if r == 0 && d.nul < 0 {
			d.nul = len(d.text)
		}
		d.replaced = append(d.replaced, len(d.text))
		d.text = utf8.AppendRune(d.text, utf8.RuneError)
		old = old[1:]
	}
}
