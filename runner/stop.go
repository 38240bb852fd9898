package runner

import "runnel/runner/timeline"

// stop is how a host function ends a program: it panics with one, and wazero
// gives it back as the error of the call.
type stop struct{ kind timeline.Kind }

func (s *stop) Error() string { return "stopped: " + string(s.kind) }

var (
	errVirtual = &stop{timeline.Virtual}
	errOutput  = &stop{timeline.Output}
	errSteps   = &stop{timeline.Steps}
	errReport  = &stop{timeline.OK} // the guest said why it will not run
)
