# Two commands: `make run` does the whole notebook, `make test` runs all tests.
# DATA=folder (or the environment's DIGITS_DATA) names a folder with the MNIST files; else they are downloaded once.

SWIFT ?= swift
# On Linux the program has Swift's own libraries inside it: it starts in less time and runs where no Swift is installed.
# (lld, because gold warns of a function of Foundation's that nothing calls.)
ifeq ($(shell uname),Linux)
STATIC ?= --static-swift-stdlib -Xswiftc -use-ld=lld
endif
# Tests need them as shared libraries; in a folder of its own, neither build undoes the other. The server's tests share it, so that
# what they have in common is built once.
TESTS = -c release --scratch-path .build/tests
SERVER_TESTS = $(TESTS) --package-path Server
SWIFT_FILES = Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift \
    Fuzzing/Sources Fuzzing/Package.swift Server/Sources Server/Tests Server/Package.swift
ifdef DATA
export DIGITS_DATA = $(DATA)
endif

# What `make install` makes, below PREFIX.
PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
PROGRAM = $(DESTDIR)$(PREFIX)/bin/digits
MANUAL = $(SHARE)/man/man1/digits.1
BASH_COMPLETION = $(SHARE)/bash-completion/completions/digits
ZSH_COMPLETION = $(SHARE)/zsh/site-functions/_digits
FISH_COMPLETION = $(SHARE)/fish/vendor_completions.d/digits.fish
INSTALLED = $(PROGRAM) $(MANUAL) $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)

.PHONY: run test test-server benchmark fuzz serve build install uninstall setup format lint

run: build
	@.build/release/digits notebook

build: setup
	@$(SWIFT) build -c release --product digits $(STATIC)

install: build
	@mkdir -p $(dir $(INSTALLED))
	@install -m 755 .build/release/digits $(PROGRAM)
	@.build/release/digits --generate-completion-script bash >$(BASH_COMPLETION)
	@.build/release/digits --generate-completion-script zsh >$(ZSH_COMPLETION)
	@.build/release/digits --generate-completion-script fish >$(FISH_COMPLETION)
	@Utilities/manual.sh .build/release/digits >$(MANUAL)
	@echo "Installed $(PROGRAM), its manual page, and completions for bash, zsh and fish."

uninstall:
	@rm -f $(INSTALLED)

test:
	@Utilities/install-system-libraries.sh --for-tests
	@$(SWIFT) build $(TESTS) --build-tests
	@Utilities/say-where-data-is.sh
	@$(SWIFT) test $(TESTS) --skip-build --disable-xctest

# Its tests start the real server, and draw on its page in Chromium where there is one.
test-server:
	@$(SWIFT) build $(SERVER_TESTS) --build-tests
	@$(SWIFT) test $(SERVER_TESTS) --skip-build --disable-xctest

# Measures digits beside other people's programs; ROWS names some rows, `--without-peers` among them leaves those out.
benchmark:
	@Benchmarks/run.sh $(ROWS)

# Looks for pictures and requests that digits cannot bear; FUZZ has its arguments, such as `reader --seconds 600 --seed 7`.
fuzz:
	@$(SWIFT) run -c release --package-path Fuzzing digits-fuzz $(FUZZ)

# Builds the server and starts it on 127.0.0.1:8080; SERVE has its arguments, such as `--port 9000 --model mine=runs/first`.
serve: setup
	@$(SWIFT) build -c release --package-path Server --product digits-server $(STATIC)
	@Server/.build/release/digits-server $(SERVE)

# Installs the system libraries that are missing, and nothing else.
setup:
	@Utilities/install-system-libraries.sh

format:
	@$(SWIFT) format -i -r $(SWIFT_FILES)

lint:
	@$(SWIFT) format lint --strict -r $(SWIFT_FILES)
