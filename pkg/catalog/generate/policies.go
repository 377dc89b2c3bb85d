package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

func policyTable() (table, error) {
	text, err := moto.read("moto/iam/aws_managed_policies.py")
	if err != nil {
		return table{}, err
	}
	// The file is one Python string in triple quotes that holds JSON.
	_, list, ok := strings.Cut(string(text), `"""`)
	list, _, end := strings.Cut(list, `"""`)
	if !ok || !end || strings.Contains(list, `\`) {
		return table{}, errors.New("moto no longer lists managed policies in the form that it did")
	}
	var policies map[string]struct{ Path string }
	if err := json.Unmarshal([]byte(list), &policies); err != nil {
		return table{}, fmt.Errorf("failed to decode the managed policies of moto: %w", err)
	}
	t := table{
		name:    "policies",
		columns: "name, path in front of the name",
		sources: []string{moto.cite("iam/aws_managed_policies.py")},
	}
	for name, p := range policies {
		// Policies on these paths belong to service-linked roles and to
		// sessions of the root user; IAM attaches them to no other role.
		if p.Path == "/aws-service-role/" || p.Path == "/root-task/" {
			continue
		}
		t.rows = append(t.rows, []string{name, strings.TrimPrefix(p.Path, "/")})
	}
	return t, nil
}
