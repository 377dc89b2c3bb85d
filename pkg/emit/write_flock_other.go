//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package emit

// flock does nothing on systems without locks on directories.
func (t *tree) flock() (unlock func(), err error) {
	return func() {}, nil
}
