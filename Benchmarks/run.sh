#!/usr/bin/env bash
# Measures digits beside other people's programs and writes Documentation/Performance.md. Takes about 12 minutes, and at
# first some more for building and for installing the peers. The machine should do nothing else.
#
#   Benchmarks/run.sh                                   all rows
#   Benchmarks/run.sh train-notebook-32 latency         these rows; the others keep their results
#   Benchmarks/run.sh --without-peers kernels           nothing of other people's is installed or run
#
# MNIST is taken from DIGITS_DATA, else from the cache that `digits data fetch` fills.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
case " $* " in
*" --without-peers "*) ;;
*)
    "$here/Peers/set-up.sh"
    "$here/oneDNN/build.sh"
    ;;
esac
make --no-print-directory -C "$here/.." build
swift build --quiet -c release --package-path "$here"
"$here/.build/release/digits-benchmark" run --folder "$here" "$@"
"$here/.build/release/digits-benchmark" report --folder "$here"
