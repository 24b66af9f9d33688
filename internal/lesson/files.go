package lesson

import "os"

// Copy copies the bytes of a file.
func Copy(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o666)
}
