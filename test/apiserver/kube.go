package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"
	"k8s.io/client-go/util/keyutil"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/cmd/kube-apiserver/app/options"
)

// server is a kube-apiserver that is ready to run.
type server struct {
	access
	options options.CompletedOptions
}

// newServer configures a kube-apiserver that keeps its files in dir and its
// objects in the etcd at storage.
func newServer(ctx context.Context, dir string, storage net.Addr, emulate string) (*server, error) {
	token := rand.Text()
	tokens := filepath.Join(dir, "tokens.csv")
	if err := os.WriteFile(tokens, []byte(token+",tester,tester,system:masters\n"), 0o600); err != nil {
		return nil, err
	}
	accountKey := filepath.Join(dir, "service-account.key")
	if err := writeKey(accountKey); err != nil {
		return nil, err
	}
	flags := []string{
		"--etcd-servers=http://" + storage.String(),
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		"--endpoint-reconciler-type=none", // it would refuse a loopback address
		"--cert-dir=" + dir,
		"--token-auth-file=" + tokens,
		"--authorization-mode=RBAC",
		"--allow-privileged=true",                  // as EKS does
		"--service-cluster-ip-range=10.100.0.0/16", // the one of EKS
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + accountKey,
		"--service-account-signing-key-file=" + accountKey,
		// No controller makes the account that a pod has by default.
		"--disable-admission-plugins=ServiceAccount",
	}
	if emulate != "" {
		flags = append(flags, "--emulated-version=kube="+emulate)
	}
	return configure(ctx, flags, token)
}

// configure reads the flags as the kube-apiserver command does, but listens on
// a port that the system chooses.
func configure(ctx context.Context, flags []string, token string) (*server, error) {
	o := options.NewServerRunOptions()
	set := pflag.NewFlagSet("kube-apiserver", pflag.ContinueOnError)
	for _, named := range o.Flags().FlagSets {
		set.AddFlagSet(named)
	}
	if err := set.Parse(flags); err != nil {
		return nil, err
	}
	if err := o.GenericServerRunOptions.ComponentGlobalsRegistry.Set(); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	o.SecureServing.Listener = listener
	o.SecureServing.BindPort = listener.Addr().(*net.TCPAddr).Port
	completed, err := o.Complete(ctx)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(completed.Validate()...); err != nil {
		return nil, err
	}
	// Completing the options made a certificate that signs itself.
	ca, err := os.ReadFile(completed.SecureServing.ServerCert.CertKey.CertFile)
	if err != nil {
		return nil, err
	}
	return &server{access{"https://" + listener.Addr().String(), token, string(ca)}, completed}, nil
}

// serve serves until the context is done.
func (s *server) serve(ctx context.Context) error {
	return app.Run(ctx, s.options)
}

// writeKey makes the key that signs the tokens of service accounts.
func writeKey(file string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("failed to make a key: %w", err)
	}
	pem, err := keyutil.MarshalPrivateKeyToPEM(key)
	if err != nil {
		return err
	}
	return keyutil.WriteKey(file, pem)
}
