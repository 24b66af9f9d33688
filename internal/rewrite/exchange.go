package rewrite

// An outcome is what became of a page that was to be replaced.
type outcome int

const (
	replaced     outcome = iota
	changed              // somebody wrote to it since it was read; it is as they left it
	notSupported         // it is as it was; another way may work
)
