package resolve

import (
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"github.com/ekscc/ekscc/pkg/diag"
)

// checkTexts checks every text in v, a value of a manifest, and every number:
// CUE's have any size, and JSON's readers do not.
func (r *resolver) checkTexts(at path, v any) {
	switch v := v.(type) {
	case string:
		r.checkText(at, v)
	case *big.Int:
		r.report(diag.InvalidManifest, at, "write it as a string, if the field takes one", "the number %v has more than 64 bits", v)
	case map[string]any:
		for _, key := range sortedKeys(v) {
			r.checkText(at.at(key), key)
			r.checkTexts(at.at(key), v[key])
		}
	case []any:
		for i, item := range v {
			r.checkTexts(at.index(i), item)
		}
	}
}

// checkText reports a text that would not come out of kustomize as it went in.
// Readers of YAML 1.1 take the separators for line breaks.
func (r *resolver) checkText(at path, text string) {
	i := strings.IndexFunc(text, func(c rune) bool {
		return unicode.IsControl(c) && c != '\n' && c != '\t' || c == '\u2028' || c == '\u2029' || c == '\ufeff'
	})
	if i >= 0 {
		r.report(diag.InvalidText, at, "", "the text has the character %s, which does not come through kustomize", strconv.QuoteRuneToASCII([]rune(text[i:])[0]))
	}
}
