package spec

// Image is an image by id or by release.
type Image struct {
	ID      string `json:"id,omitempty"`
	Release string `json:"release,omitempty"`
}
