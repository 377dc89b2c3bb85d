package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// apiClient speaks to a Kubernetes API server.
type apiClient struct {
	URL   string
	Token string
	CA    string // PEM
	http  *http.Client
	// groups are the names of the API groups that the server has.
	groups map[string]bool
	// kinds are the resources of each group and version that was asked for.
	kinds map[string][]apiResource
}

// apiResource is what discovery says about a kind.
type apiResource struct {
	Name, Kind string
	Namespaced bool
}

// answer is what the server says to a request.
type answer struct {
	code int
	body []byte
	// warnings are for whoever sent the request.
	warnings []string
}

func (a answer) ok() bool { return a.code < 300 }

// do sends a request. An error means that there was no answer.
func (c *apiClient) do(ctx context.Context, method, path, contentType string, body []byte) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.URL+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+c.Token)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", contentType)
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, data, response.Header.Values("Warning")}, err
}

// get reads a path that must exist into result.
func (c *apiClient) get(ctx context.Context, path string, result any) error {
	a, err := c.do(ctx, http.MethodGet, path, "", nil)
	if err != nil {
		return err
	}
	if !a.ok() {
		return fmt.Errorf("GET %s: %d: %s", path, a.code, a.body)
	}
	return json.Unmarshal(a.body, result)
}

// hasGroup says whether the server has an API group, in any version.
func (c *apiClient) hasGroup(ctx context.Context, group string) (bool, error) {
	if c.groups == nil {
		var list struct{ Groups []struct{ Name string } }
		if err := c.get(ctx, "/apis", &list); err != nil {
			return false, err
		}
		c.groups = make(map[string]bool)
		for _, g := range list.Groups {
			c.groups[g.Name] = true
		}
	}
	return c.groups[group], nil
}

// resource looks up a kind of an API version such as "apps/v1". It returns nil
// if the server does not have it.
func (c *apiClient) resource(ctx context.Context, apiVersion, kind string) (*apiResource, error) {
	known, asked := c.kinds[apiVersion]
	if !asked {
		a, err := c.do(ctx, http.MethodGet, apiPath(apiVersion), "", nil)
		if err != nil {
			return nil, err
		}
		if !a.ok() && a.code != http.StatusNotFound {
			return nil, fmt.Errorf("GET %s: %d: %s", apiPath(apiVersion), a.code, a.body)
		}
		var list struct{ Resources []apiResource }
		if a.ok() { // a group that is not there is answered in plain text
			if err := json.Unmarshal(a.body, &list); err != nil {
				return nil, err
			}
		}
		if c.kinds == nil {
			c.kinds = make(map[string][]apiResource)
		}
		known = list.Resources
		c.kinds[apiVersion] = known
	}
	for _, r := range known {
		isSubresource := strings.Contains(r.Name, "/")
		if r.Kind == kind && !isSubresource {
			return &r, nil
		}
	}
	return nil, nil
}

// apiPath is where the server has an API version: "v1" is the core group's.
func apiPath(apiVersion string) string {
	if strings.Contains(apiVersion, "/") {
		return "/apis/" + apiVersion
	}
	return "/api/" + apiVersion
}
