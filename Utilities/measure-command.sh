#!/usr/bin/env bash
# Measures what the README says of the command: peak memory of training, and how long one prediction takes as a whole
# process (median of 21, after one that verifies the file). Needs a release build, MNIST in DIGITS_DATA, and GNU time.
set -euo pipefail
digits=$(cd "$(dirname "$0")/.." && pwd)/.build/release/digits
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
/usr/bin/time -f "training, peak memory: %M KB" "$digits" train --epochs 1 --threads 2 --quiet --output "$scratch/run" >/dev/null
predict() { "$digits" predict "$scratch/run/model.safetensors" --index 7 >/dev/null 2>&1; }
predict
for _ in $(seq 21); do
    start=$(date +%s%N)
    predict
    echo $((($(date +%s%N) - start) / 1000))
done | sort -n | awk '{ v[NR] = $1 } END { printf "one prediction, whole process: median %.0f ms (%.0f to %.0f)\n", v[11] / 1000, v[1] / 1000, v[21] / 1000 }'
