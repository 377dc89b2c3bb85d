package ir

// Value is the value of a CloudFormation property: a string, int, float64,
// bool, List, Map, or one of the intrinsic functions below. Nothing else is a
// Value.
type Value = any

// List is a list of values.
type List = []Value

// Map is a map of values. Its order carries no meaning.
type Map = map[string]Value

// Ref is the logical id of a resource of the same stack, or a pseudo
// parameter such as "AWS::Partition".
type Ref string

// GetAtt is an attribute of a resource of the same stack.
type GetAtt struct{ ID, Attribute string }

// ImportValue is the name of an output that another stack exports.
type ImportValue string

// Sub is a text with ${...} references. Vars gives values to names that are
// neither logical ids nor pseudo parameters; it may be nil.
type Sub struct {
	Text string
	Vars Map
}

// Base64 is a value that CloudFormation encodes when the stack is deployed.
type Base64 struct{ Value Value }

// Function is the call of any other intrinsic function, such as "Fn::If".
type Function struct {
	Name     string
	Argument Value
}
