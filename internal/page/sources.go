package page

// Sources lists what the fences of a page say that name a source, in order, up to the first
// construct that is not closed. Fences that say nothing valid are left out. It reads no prose, and
// so takes a small part of the time of Parse.
func Sources(src []byte) (all []Attrs) {
	var s Scanner
	if s.Reset(src) != nil {
		return nil
	}
	for {
		f, fault := s.Next()
		if f == nil || fault != nil {
			return all
		}
		if a, err := ParseInfo(f.Info); err == nil && a.Kind != "" {
			all = append(all, a)
		}
	}
}
