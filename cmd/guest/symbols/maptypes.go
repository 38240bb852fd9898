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
	set([]reflect.Type{reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer]()},
		fmt.Errorf, fmt.Append, fmt.Appendf, fmt.Appendln,
		fmt.Fprint, fmt.Fprintf, fmt.Fprintln,
		fmt.Print, fmt.Printf, fmt.Println,
		fmt.Sprint, fmt.Sprintf, fmt.Sprintln,
		log.Fatal, log.Fatalf, log.Fatalln,
		log.Panic, log.Panicf, log.Panicln,
		log.Print, log.Printf, log.Println)
	set([]reflect.Type{reflect.TypeFor[fmt.Scanner]()},
		fmt.Scan, fmt.Scanf, fmt.Scanln,
		fmt.Sscan, fmt.Sscanf, fmt.Sscanln,
		fmt.Fscan, fmt.Fscanf, fmt.Fscanln)
	set([]reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()},
		json.Marshal, json.MarshalIndent)
	set([]reflect.Type{reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()},
		json.Unmarshal)
	set([]reflect.Type{reflect.TypeFor[xml.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()},
		xml.Marshal)
	set([]reflect.Type{reflect.TypeFor[xml.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()},
		xml.Unmarshal)
	return types
}
