package preview

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"runnel/runner"
	"runnel/site"
)

func TestMain(m *testing.M) {
	runner.ServeIfWorker()
	os.Exit(m.Run())
}

// A preview is a server that runs on a vault of its own.
type preview struct {
	t     testing.TB
	dir   string
	url   string
	log   *logged
	site  *site.Live
	build site.Build
}

// A logged is what the server says.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(data)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start serves a vault of these files.
func start(t testing.TB, files map[string]string, change func(*site.Build, *Server) (drafts bool)) *preview {
	t.Helper()
	p := &preview{t: t, dir: filepath.Join(t.TempDir(), "notes"), log: new(logged)}
	for name, text := range files {
		p.write(name, text)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	r := &runner.Runner{CacheDir: filepath.Join(cache, "runnel")}
	s := &Server{Notes: p.dir, Log: p.log}
	b := site.Build{Notes: p.dir, All: true, Runner: r, Engine: runner.Yaegi}
	drafts := change != nil && change(&b, s)
	ctx, stop := context.WithCancel(t.Context())
	if s.Site, err = site.OpenLive(ctx, b, drafts); err != nil {
		t.Fatal(err)
	}
	p.site, p.build = s.Site, b
	web := httptest.NewUnstartedServer(s)
	web.Config.BaseContext = nil
	web.Start()
	p.url = web.URL
	var all sync.WaitGroup
	all.Go(func() { s.Run(ctx) })
	t.Cleanup(func() {
		stop()
		all.Wait()
		web.CloseClientConnections()
		web.Close()
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if err := s.Site.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func (p *preview) path(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func (p *preview) write(name, text string) {
	p.t.Helper()
	if err := os.MkdirAll(filepath.Dir(p.path(name)), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(p.path(name), []byte(text), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

func (p *preview) rename(from, to string) {
	p.t.Helper()
	if err := os.MkdirAll(filepath.Dir(p.path(to)), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(p.path(from), p.path(to)); err != nil {
		p.t.Fatal(err)
	}
}

// get asks for an address; header holds name and value by turns.
func (p *preview) get(address string, header ...string) (status int, body string, h http.Header) {
	p.t.Helper()
	return p.do(http.MethodGet, address, header...)
}

func (p *preview) do(method, address string, header ...string) (status int, body string, h http.Header) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.url+address, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		} else {
			r.Header.Set(header[i], header[i+1])
		}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.StatusCode, string(data), resp.Header
}

// patience is how long a change may take to be seen on a busy machine.
const patience = 90 * time.Second

// shows waits until a page holds a text, or with want "" is not there.
func (p *preview) shows(address, want string) {
	p.t.Helper()
	var status int
	var body string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		status, body, _ = p.get(address)
		if want == "" && status == http.StatusNotFound || want != "" && status == http.StatusOK && strings.Contains(body, want) {
			return
		}
	}
	p.t.Fatalf("%s does not come to show %q: status %d\n%s\n%s", address, want, status, body, p.log)
}

// says waits until the terminal shows a text.
func (p *preview) says(want string) {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(p.log.String(), want) {
			return
		}
	}
	p.t.Fatalf("the terminal does not come to show %q:\n%s", want, p.log)
}
