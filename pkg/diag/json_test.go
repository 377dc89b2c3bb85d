package diag

import "testing"

func TestWriteJSON(t *testing.T) {
	want := `{
  "version": 1,
  "diagnostics": [
    {
      "file": "infra/cluster.cue",
      "line": 20,
      "column": 11,
      "path": "cluster.version",
      "environments": [
        "prod"
      ],
      "code": "W0104",
      "severity": "warning",
      "message": "Kubernetes \"1.31\" is in extended support",
      "hint": ""
    },
    {
      "file": "infra",
      "line": 0,
      "column": 0,
      "path": "",
      "environments": [],
      "code": "E0008",
      "severity": "error",
      "message": "no CUE files in <infra>",
      "hint": ""
    }
  ]
}
`
	if got := written(t, "json", List{sample[1], sample[3]}); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
	empty := "{\n  \"version\": 1,\n  \"diagnostics\": []\n}\n"
	if got := written(t, "json", nil); got != empty {
		t.Errorf("an empty list: got %s, want %s", got, empty)
	}
}
