package amend

import (
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// maxEach are CloudFormation's limits on what one template has; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.
var maxEach = []struct {
	what  string
	limit int
	count func(ir.Stack) int
}{
	{"resources", 500, func(s ir.Stack) int { return len(s.Resources) }},
	{"outputs", 200, func(s ir.Stack) int { return len(s.Outputs) }},
	{"parameters", 200, func(s ir.Stack) int { return len(s.Parameters) }},
	{"mappings", 200, func(s ir.Stack) int { return len(s.Mappings) }},
}

func (a *amender) checkLimits() {
	for _, s := range a.stacks {
		for _, each := range maxEach {
			if n := each.count(s); n > each.limit {
				a.report(diag.StackLimit, stackPath(s.File), "move some of them to a stack of their own", "the stack has %d %s; CloudFormation allows %d", n, each.what, each.limit)
			}
		}
	}
}

// Limits of CloudFormation on the bytes of a template: in the request, and in
// a bucket.
const (
	maxBody     = 51_200
	maxTemplate = 1 << 20
)

// CheckSize reports a template that has too many bytes. The diagnostic has no
// position and names no environment.
func CheckSize(stack ir.Stack, bytes int) diag.List {
	var a amender
	switch {
	case bytes > maxTemplate:
		a.report(diag.StackLimit, stackPath(stack.File), "move some resources to a stack of their own", "the template has %d bytes; CloudFormation allows %d", bytes, maxTemplate)
	case bytes > maxBody:
		a.report(diag.TemplateSize, stackPath(stack.File), "deploy it with --s3-bucket", "the template has %d bytes; CloudFormation takes more than %d from S3 only", bytes, maxBody)
	}
	return a.found
}
