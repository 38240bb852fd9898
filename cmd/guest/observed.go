//go:build wasip1

package main

import (
	"reflect"

	"runnel/runner/rewrite/observe"
)

// The keys of the settings that are not package observe's.
const (
	settingSeed      = 1
	settingUnwatched = 2
	settingTranslate = 3
	settingJob       = 5 // 4 is package observe's
)

// observed is the symbol table of what a rewritten program calls.
func observed() map[string]reflect.Value {
	table := map[string]reflect.Value{
		"Bool": reflect.ValueOf((*observe.Bool)(nil)),
		"Int":  reflect.ValueOf((*observe.Int)(nil)),
	}
	for name, function := range map[string]any{
		"AfterFunc":         observe.AfterFunc,
		"Between":           observe.Between,
		"Broadcast":         observe.Broadcast,
		"Cancel":            observe.Cancel,
		"CancelCause":       observe.CancelCause,
		"Case":              observe.Case,
		"Close":             observe.Close,
		"CondWait":          observe.CondWait,
		"ContextAfterFunc":  observe.ContextAfterFunc,
		"Done":              observe.Done,
		"Enter":             observe.Enter,
		"First":             observe.First,
		"Go":                observe.Go,
		"Gosched":           observe.Gosched,
		"GroupAdd":          observe.GroupAdd,
		"GroupDone":         observe.GroupDone,
		"GroupWait":         observe.GroupWait,
		"Last":              observe.Last,
		"Leave":             observe.Leave,
		"Lock":              observe.Lock,
		"LockerLock":        observe.LockerLock,
		"LockerUnlock":      observe.LockerUnlock,
		"New":               observe.New,
		"OnceDo":            observe.OnceDo,
		"PanicAt":           observe.PanicAt,
		"Pause":             observe.Pause,
		"RLock":             observe.RLock,
		"RUnlock":           observe.RUnlock,
		"Selected":          observe.Selected,
		"Signal":            observe.Signal,
		"Sleep":             observe.Sleep,
		"Start":             observe.Start,
		"Tick":              observe.Tick,
		"Unlock":            observe.Unlock,
		"WLock":             observe.WLock,
		"WUnlock":           observe.WUnlock,
		"Wait":              observe.Wait,
		"WithCancel":        observe.WithCancel,
		"WithCancelCause":   observe.WithCancelCause,
		"WithDeadline":      observe.WithDeadline,
		"WithDeadlineCause": observe.WithDeadlineCause,
		"WithTimeout":       observe.WithTimeout,
		"WithTimeoutCause":  observe.WithTimeoutCause,
	} {
		table[name] = reflect.ValueOf(function)
	}
	return table
}
