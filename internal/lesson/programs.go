package lesson

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"sync"
)

// A Run is what one execution of a whole program printed, or why there
// was none.
type Run struct {
	Stdout, Stderr string
	Err            error
}

// RunPrograms runs the named programs, unless they have run before,
// and returns what each printed.
func (s *Suite) RunPrograms(names ...string) (map[string]Run, error) {
	bin, failed, err := s.build(names...)
	if err != nil {
		return nil, err
	}
	printed := make([]Run, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		if err := failed[name]; err != nil {
			printed[i].Err = err
			continue
		}
		path := filepath.Join(bin, name+exeSuffix)
		once := sync.OnceValue(func() Run { return s.runOne(path) })
		first, _ := s.runs.LoadOrStore(name, once)
		wg.Go(func() { printed[i] = first.(func() Run)() })
	}
	wg.Wait()
	byName := map[string]Run{}
	for i, name := range names {
		byName[name] = printed[i]
	}
	return byName, nil
}

func (s *Suite) runOne(path string) Run {
	s.running <- struct{}{}
	defer func() { <-s.running }()
	cmd := exec.Command(path)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	return Run{out.String(), errs.String(), err}
}
