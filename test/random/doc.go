// Package random tries ekscc on specs that nobody thought of.
//
// Each seed makes one spec. Its shape comes from the schema itself: fields,
// types, defaults and alternatives from the JSON Schema that ekscc gives to
// editors, and ranges and examples from the documentation of the fields. A
// small table knows plausible values for fields that need better ones. Then
// ekscc is asked, and what its diagnostics name is dropped or drawn again until
// the spec is accepted. So a new field of the schema is tried without a change
// here, and a rule that it comes with is learned from the rule's own words.
//
// What must hold for each spec is in check.go. A spec for which it does not is
// made as small as it goes before anybody has to read it.
package random
