#!/usr/bin/env bash
# Whether each test that Documentation/Reliability.md names is there: `Suite.test`, and `.other` for another one of the same suite.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=$(grep '^|' Documentation/Reliability.md | grep -oE '(\b[A-Z][A-Za-z]+Tests)?\.[a-z][A-Za-z0-9]+\b' | while IFS=. read -r suite test; do
    [ -z "$suite" ] || last=$suite
    if ! files=$(grep -rlE "struct $last\b" Server/Tests) || ! grep -qE "func $test\(" $files; then echo "$last.$test"; fi
done)
[ -z "$missing" ] && exit
echo "Documentation/Reliability.md names tests that are not there: $missing" >&2
exit 1
