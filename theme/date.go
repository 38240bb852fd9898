package theme

import "time"

// date writes a day for a reader.
func date(t time.Time) string { return t.Format("2 January 2006") }

// machineDate writes a day as HTML's <time> wants it.
func machineDate(t time.Time) string { return t.Format("2006-01-02") }
