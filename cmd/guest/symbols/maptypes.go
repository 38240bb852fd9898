package symbols

import (
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log"
	"reflect"
)

// MapTypes names the functions that treat an argument of an interface type
// by what else it implements: before it calls one of them, yaegi wraps a
// value of an interpreted type that has such methods.
func MapTypes() map[reflect.Value][]reflect.Type {
	types := map[reflect.Value][]reflect.Type{}
	set := func(implements []reflect.Type, functions ...any) {
		for _, function := range functions {
			types[reflect.ValueOf(function)] = implements
		}
	}
	of := func(interfaces ...reflect.Type) []reflect.Type {
		return interfaces
	}
	marshaler := reflect.TypeFor[encoding.TextMarshaler]()
	unmarshaler := reflect.TypeFor[encoding.TextUnmarshaler]()
	set(of(reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer]()),
		fmt.Errorf, fmt.Append, fmt.Appendf, fmt.Appendln,
		fmt.Fprint, fmt.Fprintf, fmt.Fprintln,
		fmt.Print, fmt.Printf, fmt.Println,
		fmt.Sprint, fmt.Sprintf, fmt.Sprintln,
		log.Fatal, log.Fatalf, log.Fatalln,
		log.Panic, log.Panicf, log.Panicln,
		log.Print, log.Printf, log.Println)
	set(of(reflect.TypeFor[fmt.Scanner]()),
		fmt.Scan, fmt.Scanf, fmt.Scanln,
		fmt.Sscan, fmt.Sscanf, fmt.Sscanln,
		fmt.Fscan, fmt.Fscanf, fmt.Fscanln)
	set(of(reflect.TypeFor[json.Marshaler](), marshaler),
		json.Marshal, json.MarshalIndent)
	set(of(reflect.TypeFor[json.Unmarshaler](), unmarshaler),
		json.Unmarshal)
	set(of(reflect.TypeFor[xml.Marshaler](), marshaler),
		xml.Marshal)
	set(of(reflect.TypeFor[xml.Unmarshaler](), unmarshaler),
		xml.Unmarshal)
	return types
}
