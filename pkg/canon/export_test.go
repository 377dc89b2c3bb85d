package canon

import (
	"bytes"
	"errors"

	"go.yaml.in/yaml/v3"
)

// EncodeByLibrary is Encode without its own writer.
func EncodeByLibrary(documents ...any) ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString(Header)
	enc := yaml.NewEncoder(&buf)
	enc.SetIndent(2)
	enc.CompactSeqIndent()
	for _, document := range documents {
		n, err := node(document)
		if err := errors.Join(err, enc.Encode(n)); err != nil {
			return nil, err
		}
	}
	return buf.Bytes(), enc.Close()
}
