# Every target does its own set-up first; that costs a tenth of a second once everything is installed.

.DEFAULT_GOAL := help
.PHONY: help setup languages languages-table build test test-python test-service test-package test-unit wheel dist demo bench bench-curation bench-service bench-policy oracle format lint test-cgroup-v2 clean

# Release and debug builds live apart: switching between them in one folder rebuilds everything.
RELEASE := --configuration release --scratch-path .build-release
SWIFT_SOURCES := Sources Tests Package.swift $(wildcard Benchmarks)
PRESET := tests

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the libraries and twelve toolchains (Debian; a no-op when they are there)
	@scripts/setup

languages: ## Install toolchains by name: make languages LANGS="ruby php", or LANGS=all; without LANGS say what is missing
	@scripts/languages $(LANGS)

languages-table: build ## Verify every language that is installed, and put the table into the README
	@scripts/languages-table

build: setup ## Build the release, in .build-release/release
	swift build $(RELEASE) --product retort
	swift build $(RELEASE) --product sandbox-launcher
	swift build $(RELEASE) --product retort-zygote

test: setup ## Build and run every test; as root, the sandbox's suites also as an unprivileged user
	@scripts/test

test-python: ## Check and test the Python package; with FRAMEWORKS=1 with the code of the trainers besides
	@scripts/setup python
	@scripts/test-python $(if $(FRAMEWORKS),--frameworks)

test-service: build ## Test the server from outside: faults, mutated requests, its description, the page in a browser
	@scripts/test-service

wheel: build ## Build the Python wheel that carries the program, in dist
	@scripts/setup python
	@scripts/wheel

dist: setup ## Make what is shipped: an archive, the wheel and the Debian package, in dist
	@scripts/setup base package python
	@scripts/dist

test-package: ## Install and use what `make dist` made: archive, wheel, Debian package
	@scripts/setup package python
	@scripts/test-package

test-unit: ## Boot a Debian with the package that `make dist` made under qemu, and let its systemd run the service
	@scripts/setup unit
	@scripts/test-unit

demo: build ## The whole way: curate code, make tasks, score answers, train a small model on its scores: some minutes
	@scripts/demo $(FOLDER)

bench: ## Compare sandboxed runs with bare spawns and bubblewrap, and scoring with a scorer in Python
	@scripts/setup base bench
	@scripts/bench

bench-curation: setup ## Compare curation with other solvers and near-duplicate finders
	@scripts/bench-curation

bench-service: build ## Load the server with requests that come whether it answers or not
	@Benchmarks/service-bench .build-release/release/retort

bench-policy: setup ## Compare sampling and training of the policy with PyTorch
	@scripts/bench-policy

oracle: setup ## Compare the policy with PyTorch in double precision, on small models and on SmolLM2-135M
	@scripts/oracle/compare

test-cgroup-v2: ## Boot a kernel under qemu and exercise the launcher with cgroup v2
	@scripts/setup base cgroup-v2
	@scripts/test-cgroup-v2

format: ## Format the Swift sources in place
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

lint: ## Check the format of the Swift sources
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

clean: ## Remove everything that was built
	rm -rf .build .build-release .build-bench .build-cgroup-v2 .build-dist .build-oracle .build-python .build-unit Benchmarks/.build dist
