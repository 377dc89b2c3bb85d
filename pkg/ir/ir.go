// Package ir is what a spec means, before anything is written down: the
// stacks of each environment with their resources, and the Kubernetes objects
// with the places where environments differ.
//
// Every choice that ekscc makes is visible here: names, references, order.
// The types are plain and their slices are in the order of the output, so that
// emitters only write them down. Package ir imports nothing.
package ir

// Model is everything that one spec compiles to.
type Model struct {
	// SchemaVersion is the version of the vocabulary, such as "v1alpha1".
	SchemaVersion string
	// SpecDigest is the SHA-256 of the spec's value, in hexadecimal.
	SpecDigest string
	// Environments are sorted by name.
	Environments []Environment
	Kustomize    Kustomize
}

// Environment is the CloudFormation half of one environment.
type Environment struct {
	Name string
	// Stacks are in deploy order.
	Stacks []Stack
	// RepositoryPath is where in its git repository the output directory is,
	// if CloudFormation Git sync deploys the stacks, or empty.
	RepositoryPath string
}

// Stack is one CloudFormation stack and its template.
type Stack struct {
	// Name is the stack's name in CloudFormation.
	Name string
	// File is the template's file name without extension, such as "network".
	File        string
	Description string
	Region      string
	// Capabilities are what a deployment has to acknowledge.
	Capabilities []string
	// Tags are put on the stack, from which CloudFormation puts them on every
	// resource that can be tagged.
	Tags map[string]string
	// Needs are the names of the stacks whose exports this one imports, or
	// that must exist before it for another reason.
	Needs []string
	// TerminationProtection says that the stack cannot be deleted.
	TerminationProtection bool
	// Policy is the stack policy, or nil.
	Policy     Map
	Parameters []Parameter
	// Mappings and Conditions are by name; they may be nil.
	Mappings   Map
	Conditions Map
	Resources  []Resource
	Outputs    []Output
}

// Parameter is a value that a deployment passes to a template.
type Parameter struct {
	ID string
	// Attributes are what the template says of it, such as Type and Default.
	Attributes Map
	// Value is what a deployment passes. It is nil where the spec may not say
	// it, because it is secret.
	Value *string
}

// Resource is one CloudFormation resource.
type Resource struct {
	// ID is the logical id.
	ID string
	// Type is the resource type, such as "AWS::EKS::Cluster".
	Type string
	// Condition is the name of the condition under which there is the
	// resource, or empty.
	Condition string
	DependsOn []string
	// DeletionPolicy and UpdateReplacePolicy are empty for CloudFormation's
	// default.
	DeletionPolicy      string
	UpdateReplacePolicy string
	// CreationPolicy, UpdatePolicy and Metadata are nil where there is none.
	CreationPolicy Map
	UpdatePolicy   Map
	Metadata       Map
	Properties     Map
	// Checked says that the resource is, in whole or in part, as somebody
	// wrote it in the spec, and has been held against the catalog.
	Checked bool
	// Origin is the path of the spec field that the resource comes from.
	Origin string
}

// Output is one output of a stack.
type Output struct {
	ID          string
	Description string
	// Condition is the name of the condition under which there is the output,
	// or empty.
	Condition string
	Value     Value
	// Export is the name under which other stacks import the value.
	Export string
}
