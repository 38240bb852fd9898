package rewrite

import (
	"go/types"
)

// substitution gives type parameters their types.
type substitution map[*types.TypeParam]types.Type

// of is a type with its parameters replaced.
func (s substitution) of(t types.Type) types.Type {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		if with := s[t]; with != nil {
			return with
		}
	case *types.Pointer:
		return types.NewPointer(s.of(t.Elem()))
	case *types.Slice:
		return types.NewSlice(s.of(t.Elem()))
	case *types.Array:
		return types.NewArray(s.of(t.Elem()), t.Len())
	case *types.Map:
		return types.NewMap(s.of(t.Key()), s.of(t.Elem()))
	case *types.Chan:
		return types.NewChan(t.Dir(), s.of(t.Elem()))
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil,
			s.tuple(t.Params()), s.tuple(t.Results()), t.Variadic())
	case *types.Struct:
		return s.structure(t)
	case *types.Interface:
		return s.interfaceType(t)
	case *types.Named:
		return s.named(t)
	}
	return t
}

// all replaces in each of a list.
func (s substitution) all(list *types.TypeList) []types.Type {
	var out []types.Type
	for t := range list.Types() {
		out = append(out, s.of(t))
	}
	return out
}

func (s substitution) tuple(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars,
			types.NewParam(v.Pos(), v.Pkg(), v.Name(), s.of(v.Type())))
	}
	return types.NewTuple(vars...)
}

func (s substitution) structure(t *types.Struct) types.Type {
	var fields []*types.Var
	var tags []string
	for i := range t.NumFields() {
		f := t.Field(i)
		fields = append(fields, types.NewField(f.Pos(), f.Pkg(), f.Name(),
			s.of(f.Type()), f.Embedded()))
		tags = append(tags, t.Tag(i))
	}
	return types.NewStruct(fields, tags)
}

func (s substitution) interfaceType(t *types.Interface) types.Type {
	if !t.IsMethodSet() || t.NumMethods() == 0 {
		return t
	}
	var methods []*types.Func
	for m := range t.Methods() {
		sig := s.of(m.Signature()).(*types.Signature)
		methods = append(methods,
			types.NewFunc(m.Pos(), m.Pkg(), m.Name(), sig))
	}
	return types.NewInterfaceType(methods, nil)
}

func (s substitution) named(t *types.Named) types.Type {
	if t.TypeArgs().Len() == 0 {
		return t
	}
	with, err := types.Instantiate(nil, t.Origin(), s.all(t.TypeArgs()), false)
	if err != nil {
		return t
	}
	return with
}
