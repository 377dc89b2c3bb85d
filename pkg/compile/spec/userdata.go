package spec

// Types of parts of user data that ekscc itself means something by.
const (
	ShellScript    = "text/x-shellscript"
	NodeConfigPart = "application/node.eks.aws"
)

// UserData are parts around what makes a node join.
type UserData struct {
	Before []UserDataPart `json:"before,omitempty"`
	After  []UserDataPart `json:"after,omitempty"`
}

// UserDataPart is a script or a document.
type UserDataPart struct {
	ContentType string `json:"contentType,omitempty"`
	Content     string `json:"content"`
}

// NodeConfig are settings of nodeadm; see
// https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/.
type NodeConfig struct {
	Containerd   *NodeContainerd   `json:"containerd,omitempty"`
	Instance     *NodeInstance     `json:"instance,omitempty"`
	FeatureGates *NodeFeatureGates `json:"featureGates,omitempty"`
}

// NodeContainerd is what containerd is told; Config is TOML.
type NodeContainerd struct {
	Config          string         `json:"config,omitempty"`
	BaseRuntimeSpec map[string]any `json:"baseRuntimeSpec,omitempty"`
}

// NodeInstance is how the instance is set up.
type NodeInstance struct {
	LocalStorage *NodeLocalStorage `json:"localStorage,omitempty"`
}

// NodeLocalStorage is what becomes of instance store volumes.
type NodeLocalStorage struct {
	Strategy       string   `json:"strategy"`
	MountPath      string   `json:"mountPath,omitempty"`
	DisabledMounts []string `json:"disabledMounts,omitempty"`
}

// NodeFeatureGates are features of nodeadm.
type NodeFeatureGates struct {
	FastImagePull *bool `json:"FastImagePull,omitempty"`
}

// BottlerocketNode are settings of Bottlerocket nodes.
type BottlerocketNode struct {
	AdminContainer   *bool          `json:"adminContainer,omitempty"`
	ControlContainer *bool          `json:"controlContainer,omitempty"`
	Settings         map[string]any `json:"settings,omitempty"`
}
