package compile_test

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/emit"
)

func BenchmarkCompile(b *testing.B) {
	for _, example := range examples {
		b.Run(example[len("../../examples/"):], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := compile.Compile(compile.Input{Path: example}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEmit(b *testing.B) {
	for _, example := range examples {
		b.Run(example[len("../../examples/"):], func(b *testing.B) {
			b.ReportAllocs()
			model, _, err := compile.Compile(compile.Input{Path: example})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := emit.Emit(model); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
