package canon_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/canon"
)

// words are strings that YAML has opinions on, and some that it has none on.
var words = strings.Split("|a|Ref|AWS::EC2::VPC|a b|a  b|a: b|a:|:a|a #b|a#b|#a|-|- a|--- a|...|-a|?|? a|@a|`a|%a|&a|*a|!a|,a|a, b|[a]|{a}|'a'|\"a\"|a'b|a\"b|a\\b|>|<<|=|=a|~|.|.5|.a|"+
	"true|True|tRue|False|null|NULL|nULL|y|N|yes|On|oFF|no|nan|.nan|.inf|0|00|012345678901|111122223333|1_000|0x1F|0b1|0o7|1e3|1.5|-1|+1|12:30|2012-10-17|10.0.0.0/16|1.35|100m|64Mi|/|/24|/a b|"+
	" a|a |a\tb|\ta|é|aé|\u0085|\u2028|a\rb|\x00|\x7f|a\nb|a\nb\n|a\n\nb|a\n\n|\na|a\n b|a\n\tb|a \nb|a\nb |a\r\nb|é\nb|${A}|$(A)|#!/bin/sh\nset -e\n\tx\n|"+
	strings.Repeat("k", 127)+"|"+strings.Repeat("k", 128)+"|"+strings.Repeat("k", 129)+"|"+strings.Repeat("word ", 60)+"x", "|")

// TestWriterIsLikeTheLibrary writes random trees twice.
func TestWriterIsLikeTheLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		tree := canon.Map{{Key: "tree", Value: randomTree(random, 4)}}
		written, err := canon.Encode(tree, tree)
		if err != nil {
			t.Fatal(err)
		}
		library, err := canon.EncodeByLibrary(tree, tree)
		if err != nil || !bytes.Equal(written, library) {
			t.Fatalf("got\n%s\nwhere the library writes\n%s\nor fails: %v", written, library, err)
		}
	}
}

func randomTree(random *rand.Rand, depth int) any {
	if depth == 0 {
		return randomWord(random)
	}
	switch random.IntN(8) {
	case 0, 1:
		m := canon.Map{}
		for range random.IntN(4) {
			key := "key"
			if random.IntN(4) == 0 {
				key = randomWord(random)
			}
			m = append(m, canon.Entry{Key: key, Value: randomTree(random, depth-1)})
		}
		return m
	case 2, 3:
		list := []any{}
		for range random.IntN(4) {
			list = append(list, randomTree(random, depth-1))
		}
		return list
	case 4:
		return canon.Tagged{Tag: "!Sub", Value: randomTree(random, depth-1)}
	case 5:
		return []any{nil, true, false, 0, -7, int64(1) << 40, 0.5, 1e300}[random.IntN(8)]
	}
	return randomWord(random)
}

// randomWord is mostly an ordinary one, so that few trees are all left to the
// library.
func randomWord(random *rand.Rand) string {
	if random.IntN(8) > 0 {
		return []string{"a", "AWS::EC2::VPC", "/24", "10.0.0.0/16", "a b", "yes", "true", "111122223333", "", "a\nb\n", "a\n\n  b"}[random.IntN(11)]
	}
	return words[random.IntN(len(words))]
}

func BenchmarkEncode(b *testing.B) {
	tree := canon.Map{}
	for range 100 {
		tree = append(tree, canon.Entry{Key: "Subnet", Value: canon.Map{
			{Key: "Type", Value: "AWS::EC2::Subnet"},
			{Key: "Properties", Value: canon.Map{
				{Key: "VpcId", Value: canon.Tagged{Tag: "!Ref", Value: "VPC"}},
				{Key: "CidrBlock", Value: "10.0.0.0/20"},
				{Key: "MapPublicIpOnLaunch", Value: true},
				{Key: "Tags", Value: []any{canon.Map{{Key: "Key", Value: "Name"}, {Key: "Value", Value: "a/b"}}}},
			}},
		}})
	}
	for name, encode := range map[string]func(...any) ([]byte, error){"own": canon.Encode, "library": canon.EncodeByLibrary} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := encode(tree); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
