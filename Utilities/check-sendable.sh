#!/usr/bin/env bash
# Refuses what the compiler is told not to check (`@unchecked Sendable`, `nonisolated(unsafe)`) where the comment right above
# gives no proof that it is safe: `// Sendable: …`.
set -euo pipefail
cd "$(dirname "$0")/.."
unproved=$(find Sources Tests Benchmarks/Sources Fuzzing/Sources Server/Sources Server/Tests -name '*.swift' -print0 | xargs -0 awk '
    FNR == 1 { proved = 0 }
    /^[ \t]*\/\// { if (/\/\/ Sendable: /) proved = 1; next }
    /@unchecked Sendable|nonisolated\(unsafe\)/ && !proved { print FILENAME ":" FNR ": " $0 }
    { proved = 0 }')
[ -z "$unproved" ] && exit
echo "$unproved" >&2
echo "Say in one sentence right above why this is safe: // Sendable: …" >&2
exit 1
