package preview

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

var (
	errHost = errors.New("this server answers under the names of this machine alone")
	errSite = errors.New("this server does not answer other sites")
)

// check refuses requests that come from elsewhere. A page of another site can
// have a browser on this machine ask us: under a name that it has just pointed
// here (DNS rebinding), which Host tells, or from itself, which Origin and
// Sec-Fetch-Site tell. To follow a link from elsewhere is no harm.
func check(r *http.Request) error {
	if !isLocal(r.Host) {
		return errHost
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" || u.Host != r.Host {
			return errSite
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return nil
	}
	if r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" {
		return nil
	}
	return errSite
}

// isLocal reports whether a host, with or without a port, is this machine by
// a name that nobody else can point elsewhere.
func isLocal(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// Listen listens on an address of this machine. Where its port is taken, the
// next free one is, of the ten that follow.
func Listen(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, errors.New("the address must be like 127.0.0.1:8000")
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if !isLocal(host) {
		return nil, errors.New("only this machine can be served: the address must begin with 127.0.0.1 or localhost")
	}
	return listenFrom(host, port)
}
