# Two commands: `make run` does the whole notebook, `make test` runs all tests.
# DATA=folder (or the environment's DIGITS_DATA) names a folder with the MNIST files; else they are downloaded once.

SWIFT ?= swift
BUILD = $(SWIFT) build -c release
ifdef DATA
export DIGITS_DATA = $(DATA)
endif

.PHONY: run test build setup format lint

run: build
	@.build/release/digits notebook

build: setup
	@$(BUILD) --product digits

test: setup
	@$(BUILD) --build-tests
	@Utilities/say-where-data-is.sh
	@$(SWIFT) test -c release --skip-build --disable-xctest

# Installs the system libraries that are missing, and nothing else.
setup:
	@Utilities/install-system-libraries.sh

format:
	@$(SWIFT) format -i -r Sources Tests Package.swift

lint:
	@$(SWIFT) format lint --strict -r Sources Tests Package.swift
