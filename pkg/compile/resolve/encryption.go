package resolve

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// What KMS allows of the keys that ekscc creates; see
// https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html,
// API_ScheduleKeyDeletion.html and API_CreateAlias.html.
const (
	minRotation, maxRotation           = 90, 2560 // days
	minPendingWindow, maxPendingWindow = 7, 30    // days
	maxAlias                           = 256      // characters, with the prefix alias/
)

var keyAlias = lazyregexp.New(`^[a-zA-Z0-9/_-]+$`)

// checkSecretsEncryption checks the key: EKS takes an ARN of a key or alias of
// its own region, from whatever account.
func (r *resolver) checkSecretsEncryption(e *spec.SecretsEncryption) {
	if e == nil {
		return
	}
	at := clusterPath.at("secretsEncryption")
	if (e.KeyARN == "") == (e.Key == nil) {
		r.report(diag.KeyChoice, at, "write keyARN for a key that exists, or key to create one, such as key: {}", "exactly one of keyARN and key says which key encrypts")
	}
	r.checkKeyARN(at.at("keyARN"), e.KeyARN, "key/", "alias/")
	r.checkKey(at.at("key"), e.Key, "secrets")
}

// checkLogging checks how control-plane logs are kept.
func (r *resolver) checkLogging(l *spec.Logging) {
	if l == nil {
		return
	}
	at := clusterPath.at("logging")
	if len(l.Types) == 0 && l.OwnsGroup() {
		r.report(diag.LogGroup, at.at("types"), "name the logs to send, or leave the other fields out", "no logs are sent, so there is nothing to keep")
	}
	if l.KeyARN != "" && l.Key != nil {
		r.report(diag.KeyChoice, at, "leave one of them out", "keyARN and key both say which key encrypts the logs")
	}
	r.checkRetention(at.at("retentionDays"), l.RetentionDays)
	r.checkKeyARN(at.at("keyARN"), l.KeyARN, "key/")
	r.checkKey(at.at("key"), l.Key, "logs")
}

// checkRetention reports a time for which CloudWatch Logs does not keep logs.
func (r *resolver) checkRetention(at path, days *int) {
	if days == nil {
		return
	}
	group, _ := catalog.LookupResourceType("AWS::Logs::LogGroup")
	allowed, _ := group.Property("RetentionInDays")
	if !slices.Contains(allowed.Enum, strconv.Itoa(*days)) {
		r.report(diag.LogGroup, at, "it takes "+strings.Join(allowed.Enum, ", "), "CloudWatch Logs does not keep logs for %d days", *days)
	}
}

// checkKeyARN checks the ARN of an existing key; an empty one is none.
func (r *resolver) checkKeyARN(at path, text string, kinds ...string) {
	if text == "" {
		return
	}
	a, ok := r.checkARN(at, text, "kms", kinds...)
	if !ok {
		return
	}
	if a.region != r.cluster.Region {
		r.report(diag.InvalidARN, at, "", "the key %q is in %q, but must be in the cluster's region %s", text, a.region, r.cluster.Region)
	} else if !accountID.MatchString(a.account) {
		r.report(diag.InvalidARN, at, "", "%q has no 12-digit account id", text)
	}
}

// checkKey completes and checks a key that ekscc creates; nil is none. The
// alias's default says what the key is for.
func (r *resolver) checkKey(at path, key *spec.Key, purpose string) {
	if key == nil {
		return
	}
	if key.Alias == "" {
		key.Alias = "eks/" + r.cluster.Name + "/" + purpose
	}
	switch {
	case strings.HasPrefix(key.Alias, "alias/"):
		r.report(diag.KeySetting, at.at("alias"), "leave out alias/", "the alias %q has the prefix already, which ekscc adds", key.Alias)
	case strings.HasPrefix(key.Alias, "aws/"):
		r.report(diag.KeySetting, at.at("alias"), "choose another", "AWS keeps the aliases that begin with aws/ for itself")
	case len("alias/"+key.Alias) > maxAlias || !keyAlias.MatchString(key.Alias):
		r.report(diag.KeySetting, at.at("alias"), "use up to 250 letters, digits and _-/", "KMS does not allow the alias %q", key.Alias)
	}
	if key.PendingWindowDays < minPendingWindow || key.PendingWindowDays > maxPendingWindow {
		r.report(diag.KeySetting, at.at("pendingWindowDays"), "", "%d is out of range; KMS takes %d to %d", key.PendingWindowDays, minPendingWindow, maxPendingWindow)
	}
	r.checkRotation(at.at("rotationPeriodDays"), key)
}

func (r *resolver) checkRotation(at path, key *spec.Key) {
	switch days := key.RotationPeriodDays; {
	case days == nil:
	case !key.Rotation:
		r.report(diag.KeySetting, at, "leave it out, or turn rotation on", "rotation is off, so it has no period")
	case *days < minRotation || *days > maxRotation:
		r.report(diag.KeySetting, at, "", "%d is out of range; KMS takes %d to %d", *days, minRotation, maxRotation)
	}
}
