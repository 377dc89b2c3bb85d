// Package schema is what ekscc knows about its embedded schema. Spec returns a
// model of it: which fields there are, and which values each takes. The rest
// is made from that or from the schema's text: what a field means, the
// reference docs/spec.md, the schema as CUE and as JSON Schema, a copy for
// stock CUE tools, a starter spec, and formatting.
//
// It only describes the schema. Whether a spec fits it is decided in validate.
package schema
