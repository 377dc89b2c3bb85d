package emit

import (
	"strings"
	"testing"
)

func TestLockRoundTrip(t *testing.T) {
	set := sealed("b", "2", "a<&>", "1")
	want := `{
  "schema": "v1alpha1",
  "spec": "sha256:0",
  "files": {
    "a<&>": "sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    "b": "sha256:d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
  }
}
`
	if got := string(set[LockFile]); got != want {
		t.Errorf("the lock is\n%s; want\n%s", got, want)
	}
	lock, err := ParseLock(set[LockFile])
	if err != nil {
		t.Fatal(err)
	}
	if got := string(encodeJSON(lock)); got != want {
		t.Errorf("read and written again, the lock is\n%s; want\n%s", got, want)
	}
}

func TestParseLockRefuses(t *testing.T) {
	digest := Digest(nil)
	tests := map[string]struct{ lock, want string }{
		"empty":     {"", "unexpected end of JSON input"},
		"merge":     {"<<<<<<< HEAD\n{}", "invalid character '<'"},
		"two":       {"{}{}", "invalid character '{'"},
		"list":      {"[]", "cannot unmarshal array"},
		"parent":    {`{"files":{"../../etc/passwd":"` + digest + `"}}`, `"../../etc/passwd" is no path below`},
		"absolute":  {`{"files":{"/etc/passwd":"` + digest + `"}}`, `"/etc/passwd" is no path below`},
		"backslash": {`{"files":{"..\\a":"` + digest + `"}}`, `is no path below`},
		"git":       {`{"files":{".git/HEAD":"` + digest + `"}}`, `belongs to Git`},
		"digest":    {`{"files":{"a":"sha256:12"}}`, `"sha256:12" is no digest`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := ParseLock([]byte(test.lock))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("ParseLock: %v; want %s", err, test.want)
			}
			if !strings.HasPrefix(err.Error(), "ekscc.lock.json is damaged: ") {
				t.Errorf("ParseLock: %v; the file is not named", err)
			}
		})
	}
}

func TestJournalKnowsWhatItWrote(t *testing.T) {
	j := journal{}
	j.add("a", Digest([]byte("one\ntwo\n")))
	j.add("a", Digest([]byte("three\n")))
	tests := map[string]struct {
		path, content string
		want          bool
	}{
		"first":             {"a", "one\ntwo\n", true},
		"second":            {"a", "three\n", true},
		"other content":     {"a", "four\n", false},
		"CRLF":              {"a", "one\r\ntwo\r\n", true},
		"CRLF and an edit":  {"a", "one\r\n2\r\n", false},
		"emptied":           {"a", "", true},
		"other file":        {"b", "three\n", false},
		"other file, empty": {"b", "", false},
	}
	for name, test := range tests {
		if got := j.wrote(test.path, []byte(test.content)); got != test.want {
			t.Errorf("%s: wrote is %t", name, got)
		}
	}
}

func TestJournalOfAWriteLeavesTheOldOneAlone(t *testing.T) {
	old := journal{"a": {Digest([]byte("1"))}}
	sum := old.with(sealed("a", "2", "b", "3"))
	if len(old["a"]) != 1 || len(old) != 1 {
		t.Errorf("the old journal became %v", old)
	}
	for path, contents := range map[string][]string{"a": {"1", "2"}, "b": {"3"}} {
		for _, content := range contents {
			if !sum.wrote(path, []byte(content)) {
				t.Errorf("the sum does not know %s with %s", path, content)
			}
		}
	}
	if _, ok := sum[LockFile]; ok {
		t.Error("the sum lists the lock")
	}
}

func FuzzParseLock(f *testing.F) {
	f.Add(sealed("a", "1", "b/c", "2")[LockFile])
	f.Add([]byte(`{"files":{"../x":"sha256:00"}}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		lock, err := ParseLock(data)
		if err != nil {
			return
		}
		for path := range lock.Files {
			if strings.HasPrefix(path, "/") || strings.Contains("/"+path+"/", "/../") {
				t.Errorf("accepted %q", path)
			}
		}
	})
}
