# What a contributor runs. `make check` is what CI runs; the rest are its parts.
#
# Every tool is pinned: Go ones by tools/go.mod, the others by test/conformance.
# They are installed below .cache/ and nowhere else.

# Without cgo the binary is a third smaller: linked with it, kustomize's plugin
# loader would have every symbol exported.
export CGO_ENABLED := 0

GOTOOL := go tool -modfile=tools/go.mod
# Packages whose tests keep golden files and rewrite them with -update.
GOLDEN := $(shell grep -rl --include='*_test.go' '"update"' cmd pkg test | sed 's|^|./|; s|/[^/]*$$||' | sort -u)

.PHONY: help build test lint golden generate conformance bench bench-peers check

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

build: ## build bin/ekscc
	go build -trimpath -ldflags "-s -w" -tags urfave_cli_no_docs -o bin/ekscc ./cmd/ekscc

test: ## run every test; no network once the modules are downloaded
	go vet ./...
	go test ./...

lint: ## formatting, staticcheck, and the house rules that tests hold
	@unformatted=$$(gofmt -s -l cmd pkg schemas internal test); \
	if [ -n "$$unformatted" ]; then printf 'not formatted, run gofmt -s -w:\n%s\n' "$$unformatted"; exit 1; fi
	$(GOTOOL) staticcheck ./...
	go test ./internal/walls

golden: build ## rewrite golden files and the examples' generated trees
	$(if $(GOLDEN),go test $(GOLDEN) -update)
	bin/ekscc compile ./examples/...

generate: ## rewrite generated code and data; downloads pinned sources
	go generate ./...

conformance: ## let tools that others wrote judge every generated file; N=300 SEED=1 random specs too
	go run ./test/conformance
	go test ./pkg/compile -run '^TestLimits$$' -limits

bench: build ## time and memory of the whole process, and where they go
	go run ./test/bench bin/ekscc

bench-peers: build ## the same beside the AWS CDK, as ratios; installs it
	go run ./test/bench -n 10 -peers bin/ekscc

check: lint test ## what CI runs: lint, test, and nothing left to regenerate
	.ci/unchanged $(MAKE) golden generate
