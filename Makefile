# Two commands: `make run` does the whole notebook, `make test` runs all tests.
# DATA=folder (or the environment's DIGITS_DATA) names a folder with the MNIST files; else they are downloaded once.

SWIFT ?= swift
# On Linux the program has Swift's own libraries inside it: it starts in less time and runs where no Swift is installed.
# (lld, because gold warns of a function of Foundation's that nothing calls.)
ifeq ($(shell uname),Linux)
STATIC ?= --static-swift-stdlib -Xswiftc -use-ld=lld
endif
# Tests need them as shared libraries; in a folder of its own, neither build undoes the other.
TESTS = -c release --scratch-path .build/tests
SWIFT_FILES = Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift \
    Fuzzing/Sources Fuzzing/Package.swift
ifdef DATA
export DIGITS_DATA = $(DATA)
endif

.PHONY: run test benchmark fuzz build setup format lint

run: build
	@.build/release/digits notebook

build: setup
	@$(SWIFT) build -c release --product digits $(STATIC)

test:
	@Utilities/install-system-libraries.sh --for-tests
	@$(SWIFT) build $(TESTS) --build-tests
	@Utilities/say-where-data-is.sh
	@$(SWIFT) test $(TESTS) --skip-build --disable-xctest

# Measures digits beside other people's programs; ROWS names some rows, `--without-peers` among them leaves those out.
benchmark:
	@Benchmarks/run.sh $(ROWS)

# Looks for pictures that digits cannot bear; FUZZ has its arguments, such as `reader --seconds 600 --seed 7`.
fuzz:
	@$(SWIFT) run -c release --package-path Fuzzing digits-fuzz $(FUZZ)

# Installs the system libraries that are missing, and nothing else.
setup:
	@Utilities/install-system-libraries.sh

format:
	@$(SWIFT) format -i -r $(SWIFT_FILES)

lint:
	@$(SWIFT) format lint --strict -r $(SWIFT_FILES)
