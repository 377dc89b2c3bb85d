package resolve

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestKeys(t *testing.T) {
	secrets := func(e spec.SecretsEncryption) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.SecretsEncryption = &e }
	}
	key := func(edit func(*spec.Key)) func(*spec.Spec) {
		k := spec.Key{Rotation: true, PendingWindowDays: 30}
		edit(&k)
		return secrets(spec.SecretsEncryption{Key: &k})
	}
	alias := func(text string) func(*spec.Spec) { return key(func(k *spec.Key) { k.Alias = text }) }
	const path = "cluster secretsEncryption"
	runRules(t, newVPC, []ruleTest{
		{"new", key(func(*spec.Key) {}), nil},
		{"none", secrets(spec.SecretsEncryption{}), []want{{diag.KeyChoice, path, "key: {}"}}},
		{"both", secrets(spec.SecretsEncryption{KeyARN: "arn:aws:kms:ap-northeast-2:111122223333:key/1234", Key: &spec.Key{PendingWindowDays: 7}}), []want{
			{diag.KeyChoice, path, "exactly one"}}},
		{"alias", alias("team/secrets_1"), nil},
		{"alias with its prefix", alias("alias/secrets"), []want{{diag.KeySetting, path + " key alias", "leave out alias/"}}},
		{"alias of AWS", alias("aws/eks"), []want{{diag.KeySetting, path + " key alias", "for itself"}}},
		{"alias with a space", alias("my key"), []want{{diag.KeySetting, path + " key alias", `"my key"`}}},
		{"alias long", alias(strings.Repeat("a", 251)), []want{{diag.KeySetting, path + " key alias", "up to 250"}}},
		{"window short", key(func(k *spec.Key) { k.PendingWindowDays = 6 }), []want{{diag.KeySetting, path + " key pendingWindowDays", "7 to 30"}}},
		{"window long", key(func(k *spec.Key) { k.PendingWindowDays = 31 }), []want{{diag.KeySetting, path + " key pendingWindowDays", "7 to 30"}}},
		{"period", key(func(k *spec.Key) { k.RotationPeriodDays = ptr(90) }), nil},
		{"period short", key(func(k *spec.Key) { k.RotationPeriodDays = ptr(89) }), []want{{diag.KeySetting, path + " key rotationPeriodDays", "90 to 2560"}}},
		{"period long", key(func(k *spec.Key) { k.RotationPeriodDays = ptr(2561) }), []want{{diag.KeySetting, path + " key rotationPeriodDays", "90 to 2560"}}},
		{"period of no rotation", key(func(k *spec.Key) { k.Rotation, k.RotationPeriodDays = false, ptr(365) }), []want{
			{diag.KeySetting, path + " key rotationPeriodDays", "rotation is off"}}},
	})
}

func TestKeyAliases(t *testing.T) {
	s := newVPC()
	s.Cluster.SecretsEncryption = &spec.SecretsEncryption{Key: &spec.Key{PendingWindowDays: 30}}
	s.Cluster.Logging = &spec.Logging{Types: []string{"api"}, Key: &spec.Key{PendingWindowDays: 30}}
	compare(t, Resolve(s), nil)
	if got := s.Cluster.SecretsEncryption.Key.Alias + " " + s.Cluster.Logging.Key.Alias; got != "eks/demo/secrets eks/demo/logs" {
		t.Errorf("got aliases %q", got)
	}
}

func TestLogging(t *testing.T) {
	logging := func(l spec.Logging) func(*spec.Spec) {
		if l.Types == nil {
			l.Types = []string{"audit"}
		}
		return func(s *spec.Spec) { s.Cluster.Logging = &l }
	}
	const arn, path = "arn:aws:kms:ap-northeast-2:111122223333:key/1234", "cluster logging"
	runRules(t, newVPC, []ruleTest{
		{"for ever", logging(spec.Logging{}), nil},
		{"off", logging(spec.Logging{Types: []string{}}), nil},
		{"for a year", logging(spec.Logging{RetentionDays: ptr(365)}), nil},
		{"for ten years", logging(spec.Logging{RetentionDays: ptr(3653), KeyARN: arn}), nil},
		{"for two days", logging(spec.Logging{RetentionDays: ptr(2)}), []want{{diag.LogGroup, path + " retentionDays", "it takes 1, 3, 5, 7,"}}},
		{"for no time", logging(spec.Logging{RetentionDays: ptr(0)}), []want{{diag.LogGroup, path + " retentionDays", "0 days"}}},
		{"of nothing", logging(spec.Logging{Types: []string{}, RetentionDays: ptr(7)}), []want{{diag.LogGroup, path + " types", "nothing to keep"}}},
		{"two keys", logging(spec.Logging{KeyARN: arn, Key: &spec.Key{PendingWindowDays: 7}}), []want{{diag.KeyChoice, path, "leave one of them out"}}},
		{"key of another region", logging(spec.Logging{KeyARN: "arn:aws:kms:eu-west-1:111122223333:key/1234"}), []want{
			{diag.InvalidARN, path + " keyARN", "eu-west-1"}}},
		{"key by alias", logging(spec.Logging{KeyARN: "arn:aws:kms:ap-northeast-2:111122223333:alias/logs"}), []want{
			{diag.InvalidARN, path + " keyARN", "not the ARN of a KMS key"}}},
		{"new key", logging(spec.Logging{Key: &spec.Key{PendingWindowDays: 1}}), []want{{diag.KeySetting, path + " key pendingWindowDays", "7 to 30"}}},
	})
}
