#!/usr/bin/env bash
# Runs what the README shows: every command of its ```sh blocks, and its ```swift program in a package of its own, as its
# Package.swift says.
# Needs a release build and MNIST in DIGITS_DATA.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
readme=$root/README.md
if grep -n '@[A-Z]*@' "$readme"; then echo "The README has a figure that was never filled in." >&2; exit 1; fi
data=$(cd "$DIGITS_DATA" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# block LANGUAGE: the lines of all fenced blocks of a language, but for the Package.swift, which block package has.
block() {
    awk -v language="$1" '
        $0 == "```" { inside = "" }
        /^\/\/ swift-tools-version/ { inside = "package" }
        inside == language { print }
        /^```[a-z]/ { inside = substr($0, 4) }' "$readme"
}

make -C "$root" build
export PATH=$root/.build/release:$PATH DIGITS_DATA=$data
cd "$scratch"
# The README's photo: MNIST's first test image, a 7, whatever the file's name says. An IDX file has its images behind 16 bytes.
gzip -cdf "$data"/t10k-images?idx3-ubyte* >images
{ printf 'P5 28 28 255\n'; dd if=images bs=1 skip=16 count=784 status=none; } >photo.jpg
[ "$(digits read photo.jpg)" = 7 ] || { echo "digits read does not read the 7." >&2; exit 1; }
block sh >commands
[ -s commands ] || { echo "The README shows no commands." >&2; exit 1; }
while read -r line; do
    echo "\$ $line"
    bash -c "$line" </dev/null >output 2>errors || { cat output errors >&2; echo "The README's command failed: $line" >&2; exit 1; }
    tail -n 3 output
done <commands

# The program finds MNIST where a download would have put it.
mkdir -p cache/digits program/Sources/program
ln -s "$data" cache/digits/mnist
block swift >program/Sources/program/main.swift
block package | sed "s|path: \"../digits\"|name: \"digits\", path: \"$root\"|" >program/Package.swift
cp photo.jpg program/
cd program
swift build -c release
unset DIGITS_DATA
XDG_CACHE_HOME=$scratch/cache .build/release/program
[ -s notebook.safetensors ] || { echo "The README's program wrote no model." >&2; exit 1; }
[ -s report.html ] || { echo "The README's program wrote no report." >&2; exit 1; }
echo "The README's program and commands work."
