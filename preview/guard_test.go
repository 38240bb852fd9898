package preview

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"runnel/site"
)

// Only this machine can talk to the server, and other sites cannot have a
// browser on it do so.
func TestServer_refuses(t *testing.T) {
	p := start(t, map[string]string{"index.md": "Home words", "pic.svg": "<svg/>", "a.md": "![[pic.svg]]"}, nil)
	own := strings.TrimPrefix(p.url, "http://")
	_, port, _ := strings.Cut(own, ":")
	for _, c := range []struct {
		what   string
		want   int
		header []string
	}{
		{"itself", 200, nil},
		{"localhost", 200, []string{"Host", "localhost:" + port}},
		{"IPv6", 200, []string{"Host", "[::1]:" + port}},
		{"its own scripts", 200, []string{"Origin", p.url, "Sec-Fetch-Site", "same-origin"}},
		{"a link elsewhere", 200, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}},
		{"a foreign host", 403, []string{"Host", "evil.example"}},
		{"a foreign host with our port", 403, []string{"Host", "evil.example:" + port}},
		{"a name that looks like ours", 403, []string{"Host", "localhost.evil.example"}},
		{"a name that begins as an address", 403, []string{"Host", "127.0.0.1.evil.example"}},
		{"an address of the network", 403, []string{"Host", "192.168.0.1:" + port}},
		{"all addresses", 403, []string{"Host", "0.0.0.0:" + port}},
		{"a foreign origin", 403, []string{"Origin", "http://evil.example"}},
		{"an origin of another port", 403, []string{"Origin", "http://127.0.0.1:1"}},
		{"a secure origin", 403, []string{"Origin", "https://" + own}},
		{"no origin of its own", 403, []string{"Origin", "null"}},
		{"a script of another site", 403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"}},
		{"a frame of another site", 403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}},
		{"another port of this machine", 403, []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors"}},
	} {
		for _, address := range []string{"/", "/pic.svg", "/.runnel/preview.js"} {
			status, body, h := p.get(address, c.header...)
			if status != c.want {
				t.Errorf("%s from %s: status %d, want %d", address, c.what, status, c.want)
			}
			if c.want == 403 && strings.Contains(body, "Home words") {
				t.Errorf("%s from %s: the page is sent", address, c.what)
			}
			if h.Get("Access-Control-Allow-Origin") != "" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
				t.Errorf("%s: headers %v", address, h)
			}
		}
	}
	if status, _, _ := p.get("/.runnel/events?page=/", "Host", "evil.example"); status != 403 {
		t.Errorf("events from a foreign host: status %d", status)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if status, _, _ := p.do(method, "/"); status != http.StatusMethodNotAllowed {
			t.Errorf("%s: status %d", method, status)
		}
	}
}

// No address leads to a file that is not of the site.
func TestServer_paths(t *testing.T) {
	p := start(t, map[string]string{
		"index.md": "Home ![[shown.txt]]", "shown.txt": "shown", "unused.txt": "the secret", "Hidden.md": "---\npublish: false\n---\nthe secret",
		".obsidian/app.json": "the secret", "A/b.md": "x",
	}, nil)
	if err := os.WriteFile(filepath.Join(p.dir, "..", "outside.txt"), []byte("the secret"), 0o666); err != nil {
		t.Fatal(err)
	}
	if status, body, _ := p.get("/shown.txt"); status != 200 || body != "shown" {
		t.Errorf("an attachment: status %d, %q", status, body)
	}
	for _, address := range []string{
		"/unused.txt", "/Hidden.md", "/Hidden/", "/hidden/", "/index.md", "/.obsidian/app.json", "/.obsidian/", "/../outside.txt", "/A/../../outside.txt",
		"/%2e%2e/outside.txt", "/..%2foutside.txt", "/A/..%2f..%2foutside.txt", "/..%5coutside.txt", "//outside.txt", "/./unused.txt",
		"/A//b/", "/outside.txt", "/%00", "/A/b/%00", "/.runnel/", "/.runnel/../index.md", "/.runnel/made", "/" + p.dir + "/unused.txt",
		"/file:///etc/passwd", "/C:/x",
	} {
		status, body, _ := p.get(address)
		if status != 404 && status != 400 || strings.Contains(body, "the secret") {
			t.Errorf("%s: status %d", address, status)
		}
	}
}

// A link in the vault that leads out of it is not followed.
func TestServer_symlink(t *testing.T) {
	p := start(t, map[string]string{"index.md": "![[out.txt]]"}, func(b *site.Build, _ *Server) bool {
		outside := filepath.Join(b.Notes, "..", "outside.txt")
		if err := os.WriteFile(outside, []byte("the secret"), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, filepath.Join(b.Notes, "out.txt")); err != nil {
			t.Skip(err)
		}
		return false
	})
	if status, body, _ := p.get("/out.txt"); status == 200 || strings.Contains(body, "the secret") {
		t.Errorf("status %d, %q", status, body)
	}
}

func TestListen(t *testing.T) {
	for _, bad := range []string{"0.0.0.0:0", ":::80", "192.168.0.1:0", "example.com:0", "8000", "127.0.0.1:x", "127.0.0.1:99999"} {
		if l, err := Listen(bad); err == nil {
			_ = l.Close()
			t.Errorf("%q: listens at %v", bad, l.Addr())
		}
	}
	first, err := Listen(":0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if !first.Addr().(*net.TCPAddr).IP.IsLoopback() {
		t.Errorf("listens at %v", first.Addr())
	}
	second, err := Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if a, b := first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port; b <= a || b > a+tries {
		t.Errorf("port %d is taken, listens at %d", a, b)
	}
}
