package spec

// Layout says how many stacks there are.
type Layout string

// IsZero reports whether the layout is the default. The field is younger than
// specs whose digests are committed, and saying nothing means the same.
func (l Layout) IsZero() bool { return l == "" || l == LayoutStacks }

// The layouts of a cluster's CloudFormation resources.
const (
	LayoutStacks Layout = "stacks" // a stack for each purpose
	LayoutSingle Layout = "single" // one stack
)

// Stack is what a CloudFormation stack has besides what ekscc puts into it, or
// a stack of the user's own.
type Stack struct {
	Description string                               `json:"description,omitempty"`
	Parameters  map[string]Parameter                 `json:"parameters,omitempty"`
	Mappings    map[string]map[string]map[string]any `json:"mappings,omitempty"`
	Conditions  map[string]map[string]any            `json:"conditions,omitempty"`
	Resources   map[string]RawResource               `json:"resources,omitempty"`
	Overrides   map[string]Override                  `json:"overrides,omitempty"`
	Outputs     map[string]Output                    `json:"outputs,omitempty"`
	Needs       []string                             `json:"needs,omitempty"`

	TerminationProtection bool           `json:"terminationProtection"`
	Policy                map[string]any `json:"policy,omitempty"`
}

// Parameter is a parameter of a template.
type Parameter struct {
	Type                  string   `json:"type"`
	Description           string   `json:"description,omitempty"`
	Value                 *string  `json:"value,omitempty"`
	Default               *string  `json:"default,omitempty"`
	AllowedValues         []string `json:"allowedValues,omitempty"`
	AllowedPattern        string   `json:"allowedPattern,omitempty"`
	ConstraintDescription string   `json:"constraintDescription,omitempty"`
	MinLength             *int     `json:"minLength,omitempty"`
	MaxLength             *int     `json:"maxLength,omitempty"`
	MinValue              *int     `json:"minValue,omitempty"`
	MaxValue              *int     `json:"maxValue,omitempty"`
	NoEcho                bool     `json:"noEcho"`
}

// RawResource is a CloudFormation resource as it stands in a template.
type RawResource struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties,omitempty"`
	ResourceAttributes
}

// Override is changes to a resource that ekscc makes.
type Override struct {
	Properties map[string]any `json:"properties,omitempty"`
	Remove     []string       `json:"remove,omitempty"`
	ResourceAttributes
}

// ResourceAttributes are what a template says of a resource besides its type
// and properties.
type ResourceAttributes struct {
	DependsOn           []string       `json:"dependsOn,omitempty"`
	Condition           string         `json:"condition,omitempty"`
	DeletionPolicy      string         `json:"deletionPolicy,omitempty"`
	UpdateReplacePolicy string         `json:"updateReplacePolicy,omitempty"`
	CreationPolicy      map[string]any `json:"creationPolicy,omitempty"`
	UpdatePolicy        map[string]any `json:"updatePolicy,omitempty"`
	Metadata            map[string]any `json:"metadata,omitempty"`
}

// Output is an output of a template.
type Output struct {
	Value       any    `json:"value"`
	Description string `json:"description,omitempty"`
	Export      string `json:"export,omitempty"`
	Condition   string `json:"condition,omitempty"`
}

// GitSync is what CloudFormation Git sync needs to know.
type GitSync struct {
	RepositoryPath string `json:"repositoryPath"`
}
