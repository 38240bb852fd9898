package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// inject adds the preview's own script and style to a page.
func inject(page []byte, version string) []byte {
	at := bytes.Index(page, []byte("</head>"))
	if at < 0 {
		return page
	}
	return append(append(append(make([]byte, 0, len(page)+256), page[:at]...), tags(version)...), page[at:]...)
}

func tags(version string) string {
	return `<link rel="stylesheet" href="/` + own + `preview.css">` +
		`<script type="module" id="_preview" src="/` + own + `preview.js" data-version="` + version + "\"></script>\n"
}

func versionOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
