package program

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// importPath is the path that a spec imports.
func importPath(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value // the parser lets no such path through
	}
	return path
}

// isNamed reports whether the spec has this name: ".", "_", or a new name.
func isNamed(spec *ast.ImportSpec, name string) bool {
	return spec.Name != nil && spec.Name.Name == name
}

// importOf finds the spec that declares the package name in the file.
func importOf(info *types.Info, f *file, name *types.PkgName) *ast.ImportSpec {
	for _, spec := range f.syntax.Imports {
		if info.Implicits[spec] == name || spec.Name != nil && info.Defs[spec.Name] == name {
			return spec
		}
	}
	return nil
}

// dotImport finds the file's dot import of the path.
func dotImport(f *file, path string) *ast.ImportSpec {
	for _, spec := range f.syntax.Imports {
		if isNamed(spec, ".") && importPath(spec) == path {
			return spec
		}
	}
	return nil
}

func (u *unit) addImport(spec *ast.ImportSpec) {
	if spec != nil && !slices.Contains(u.imports, spec) {
		u.imports = append(u.imports, spec)
	}
}

// An imported is one line of the program's imports.
type imported struct{ name, path string }

func (i imported) String() string {
	if i.name == "" {
		return strconv.Quote(i.path)
	}
	return i.name + " " + strconv.Quote(i.path)
}

// imports gathers the imports of the reached units: those that they name, and the blank ones of
// their files. In one file each name must mean one package.
func (s *Set) imports(p *pkg, units []*unit) ([]imported, error) {
	byName := map[string]*ast.ImportSpec{} // what each name means in the program
	lines := map[imported]bool{}
	for _, u := range units {
		for _, spec := range slices.Concat(u.imports, blankImports(u.file)) {
			if err := s.checkImport(p, spec, byName); err != nil {
				return nil, err
			}
			line := imported{path: importPath(spec)}
			if spec.Name != nil && spec.Name.Name != ownName(p, line.path) {
				line.name = spec.Name.Name
			}
			lines[line] = true
		}
	}
	var out []imported
	for line := range lines {
		out = append(out, line)
	}
	slices.SortFunc(out, func(a, b imported) int {
		if c := strings.Compare(a.path, b.path); c != 0 {
			return c
		}
		return strings.Compare(a.name, b.name)
	})
	return out, nil
}

func blankImports(f *file) (specs []*ast.ImportSpec) {
	for _, spec := range f.syntax.Imports {
		if isNamed(spec, "_") {
			specs = append(specs, spec)
		}
	}
	return specs
}

// ownName is the name that a package gives itself.
func ownName(p *pkg, path string) string {
	for _, dep := range p.types.Imports() {
		if dep.Path() == path {
			return dep.Name()
		}
	}
	return ""
}

// checkImport refuses an import that cannot stand in the program beside those in byName.
func (s *Set) checkImport(p *pkg, spec *ast.ImportSpec, byName map[string]*ast.ImportSpec) error {
	path := importPath(spec)
	if path == p.module || strings.HasPrefix(path, p.module+"/") {
		return s.fault(spec.Pos(), "import of %s, a package of this module; a program may import only what a reader can get", path)
	}
	for _, name := range importedNames(p, spec) {
		if name == "main" {
			return s.fault(spec.Pos(), "import named main; the program needs that name for itself")
		}
		if types.Universe.Lookup(name) != nil {
			return s.fault(spec.Pos(), "import named %s hides Go's own %s from the other files' declarations; choose another name", name, name)
		}
		before, ok := byName[name]
		if ok && (importPath(before) != path || isNamed(before, ".") != isNamed(spec, ".")) {
			at := s.position(before.Pos())
			return s.fault(spec.Pos(), "import name %s means %s here and %s at %s; give one of them another name",
				name, path, importPath(before), fmt.Sprintf("%s:%d", at.Filename, at.Line))
		}
		byName[name] = spec
	}
	return nil
}

// importedNames lists what the spec declares in its file: one name, or for a dot import all
// that the package exports.
func importedNames(p *pkg, spec *ast.ImportSpec) []string {
	switch {
	case isNamed(spec, "_"):
		return nil
	case isNamed(spec, "."):
		var names []string
		for _, dep := range p.types.Imports() {
			if dep.Path() != importPath(spec) {
				continue
			}
			for _, name := range dep.Scope().Names() {
				if dep.Scope().Lookup(name).Exported() {
					names = append(names, name)
				}
			}
		}
		return names
	case spec.Name != nil:
		return []string{spec.Name.Name}
	}
	return []string{ownName(p, importPath(spec))}
}
