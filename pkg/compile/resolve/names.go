package resolve

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of the services on the length of names, in characters.
const (
	maxRoleName      = 64  // IAM: CreateRole
	maxStackName     = 128 // CloudFormation: CreateStack
	maxClusterName   = 100 // EKS: CreateCluster
	maxNodeGroupName = 63  // EKS: CreateNodegroup
)

// RoleName returns the name of a role that needs one where the spec names
// none: that of a node group or of a service account. IAM roles are global to an
// account, so it has the region in it. A name that is longer than IAM allows
// ends in a hash of the whole.
func RoleName(cluster, owner, region string) string {
	name := cluster + "-" + owner + "-" + region
	if len(name) <= maxRoleName {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	hash := hex.EncodeToString(sum[:])[:8]
	return name[:maxRoleName-len(hash)-1] + "-" + hash
}

// checkStackName reports, at the field that the name is made from, a stack name
// that is too long for CloudFormation.
func (r *resolver) checkStackName(code diag.Code, at path, name string) {
	if len(name) > maxStackName {
		r.report(code, at, "shorten the name", "the stack name %q has %d characters; CloudFormation allows %d", name, len(name), maxStackName)
	}
}

// maxChosenName bounds the names of your choice that go into logical ids, of
// which CloudFormation allows 255 characters.
const maxChosenName = 100

// checkChosenNames checks names of your choice that become part of a logical
// id, where only letters and digits of ASCII are left of them.
func checkChosenNames[V any](r *resolver, at path, m map[string]V) {
	taken := map[string]string{}
	for _, name := range sortedKeys(m) {
		id := naming.LogicalID(name)
		other, clash := taken[id]
		switch {
		case id == "" || len(name) > maxChosenName:
			r.report(diag.NameClash, at.at(name), fmt.Sprintf("use 1 to %d letters, digits, hyphens, underscores and dots, with a letter or digit among them", maxChosenName),
				"no logical id can be made from the name %q", name)
		case clash:
			r.report(diag.NameClash, at.at(name), "let them differ in more than punctuation and capitals", "the names %q and %q make the same logical id", other, name)
		}
		taken[id] = name
	}
}

// eksName is what EKS allows in the names of clusters and node groups, but for
// their length (CreateCluster, CreateNodegroup). Counting in the pattern would
// make it slow to compile.
var eksName = lazyregexp.New(`^[0-9A-Za-z][A-Za-z0-9_-]*$`)

func isClusterName(name string) bool { return len(name) <= maxClusterName && eksName.MatchString(name) }
func isNodeGroupName(name string) bool {
	return len(name) <= maxNodeGroupName && eksName.MatchString(name)
}

// A nameRule is what a service allows in a name.
type nameRule struct {
	what    string // whose name it is, such as "an IAM role"
	pattern *lazyregexp.Regexp
	max     int // characters
	allowed string
}

// The name rules of IAM and EC2, from their API references: CreateRole,
// CreateUser, CreateSecurityGroup, CreateKeyPair and IpRange.
var (
	roleNameRule = nameRule{"an IAM role name", lazyregexp.New(`^[\w+=,.@-]+$`), maxRoleName,
		"letters, digits and _+=,.@-"}
	instanceProfileRule = nameRule{"an instance profile name", roleNameRule.pattern, 128,
		"letters, digits and _+=,.@-"}
	userNameRule = nameRule{"an IAM user name", roleNameRule.pattern, 64,
		"letters, digits and _+=,.@-"}
	securityGroupNameRule = nameRule{"a security group name", lazyregexp.New(`^[a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-]+$`), 255,
		"letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*"}
	descriptionRule = nameRule{"a security group rule's description", securityGroupNameRule.pattern, 255,
		securityGroupNameRule.allowed}
	loadBalancerRule = nameRule{"a Classic Load Balancer name", lazyregexp.New(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`), 32,
		"letters, digits and hyphens, the first and last no hyphen"}
	lifecycleHookRule = nameRule{"a lifecycle hook's name", lazyregexp.New(`^[A-Za-z0-9\-_\/]+$`), 255,
		"letters, digits and -_/"}
	keyPairRule = nameRule{"an EC2 key pair name", lazyregexp.New(`^[\x20-\x7e]+$`), 255,
		"printable ASCII characters"}
)

// checkName reports a name that its service refuses.
func (r *resolver) checkName(at path, rule nameRule, name string) bool {
	if n := utf8.RuneCountInString(name); n > rule.max {
		r.report(diag.InvalidName, at, "", "%q has %d characters; %s has at most %d", name, n, rule.what, rule.max)
		return false
	}
	if !rule.pattern.MatchString(name) {
		r.report(diag.InvalidName, at, "", "%q is not %s, which consists of %s", name, rule.what, rule.allowed)
		return false
	}
	return true
}

// resourceID matches the part of an EC2 id behind its kind: eight hexadecimal
// digits for what was made before 2018, else seventeen.
var resourceID = lazyregexp.New(`^([0-9a-f]{8}|[0-9a-f]{17})$`)

// checkID reports text that is no id of a kind in idKinds.
func (r *resolver) checkID(at path, kind, id string) bool {
	digits, ok := strings.CutPrefix(id, kind+"-")
	if ok && resourceID.MatchString(digits) {
		return true
	}
	r.report(diag.InvalidID, at, `an id is "`+kind+`-" and 8 or 17 hexadecimal digits`, "%q is not the id of %s", id, idKinds[kind])
	return false
}

// idKinds says what the ids that checkID knows are ids of.
var idKinds = map[string]string{
	"vpc": "a VPC", "subnet": "a subnet", "sg": "a security group", "ami": "an AMI",
	"pl":  "a prefix list",
	"rtb": "a route table", "tgw": "a transit gateway", "vgw": "a virtual private gateway",
	"vpce": "a VPC endpoint", "snap": "a snapshot", "lt": "a launch template", "cr": "a capacity reservation",
}

// checkDNSLabel checks a name that has to be an RFC 1123 label.
func (r *resolver) checkDNSLabel(at path, what, name string) bool {
	if len(validation.IsDNS1123Label(name)) == 0 {
		return true
	}
	r.report(diag.KubernetesName, at, "use 1 to 63 lower-case letters, digits and hyphens, the first and last no hyphen", "Kubernetes does not allow the %s name %q", what, name)
	return false
}
