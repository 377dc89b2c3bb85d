package spec

// NodePool is a node pool of Karpenter or of Auto Mode.
type NodePool struct {
	NodeClass     string                     `json:"nodeClass"`
	Requirements  map[string]NodeRequirement `json:"requirements,omitempty"`
	Labels        map[string]string          `json:"labels,omitempty"`
	Annotations   map[string]string          `json:"annotations,omitempty"`
	Taints        map[string]Taint           `json:"taints,omitempty"`
	StartupTaints map[string]Taint           `json:"startupTaints,omitempty"`
	ExpireAfter   string                     `json:"expireAfter,omitempty"`

	TerminationGracePeriod string `json:"terminationGracePeriod,omitempty"`

	Disruption Disruption        `json:"disruption"`
	Limits     map[string]string `json:"limits,omitempty"`
	Weight     *int              `json:"weight,omitempty"`
	Replicas   *int              `json:"replicas,omitempty"`
}

// NodeRequirement is what one label of the nodes has to be.
type NodeRequirement struct {
	In        []string `json:"in,omitempty"`
	NotIn     []string `json:"notIn,omitempty"`
	Exists    *bool    `json:"exists,omitempty"`
	Gt        *int     `json:"gt,omitempty"`
	Lt        *int     `json:"lt,omitempty"`
	Gte       *int     `json:"gte,omitempty"`
	Lte       *int     `json:"lte,omitempty"`
	MinValues *int     `json:"minValues,omitempty"`
}

// Bound is one side of a range that a requirement sets, by the name of its
// field and by Karpenter's operator.
type Bound struct {
	Field, Operator string
	Value           int
}

// Bounds are the sides of ranges that are stated, in the order of the schema.
func (r NodeRequirement) Bounds() []Bound {
	var bounds []Bound
	for _, b := range []struct {
		field, operator string
		value           *int
	}{{"gt", "Gt", r.Gt}, {"lt", "Lt", r.Lt}, {"gte", "Gte", r.Gte}, {"lte", "Lte", r.Lte}} {
		if b.value != nil {
			bounds = append(bounds, Bound{b.field, b.operator, *b.value})
		}
	}
	return bounds
}

// Disruption is when nodes are replaced or removed to save cost.
type Disruption struct {
	ConsolidationPolicy string                      `json:"consolidationPolicy"`
	ConsolidateAfter    string                      `json:"consolidateAfter"`
	Budgets             map[string]DisruptionBudget `json:"budgets,omitempty"`
}

// DisruptionBudget is how many nodes may be disrupted at once.
type DisruptionBudget struct {
	Nodes    string   `json:"nodes"`
	Reasons  []string `json:"reasons,omitempty"`
	Schedule string   `json:"schedule,omitempty"`
	Duration string   `json:"duration,omitempty"`
}
