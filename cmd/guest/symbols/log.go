package symbols

import "log"

// See osExit: the program's log.Fatal is Go's own.
var (
	logFatal   = log.Fatal
	logFatalf  = log.Fatalf
	logFatalln = log.Fatalln
	logNew     = log.New
)

type logLogger = log.Logger
