package preview

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// tries is how many ports are tried.
const tries = 20

func listenFrom(host, port string) (net.Listener, error) {
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("%q is no port", port)
	}
	var first error
	for i := range uint64(tries) {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(number+i, 10)))
		if err == nil {
			return l, nil
		}
		if first == nil {
			first = err
		}
		if number == 0 || number+i >= 65535 || !errors.Is(err, syscall.EADDRINUSE) {
			break
		}
	}
	return nil, fmt.Errorf("listen: %w", first)
}
