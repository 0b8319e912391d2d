#!/usr/bin/env bash
# Measures the rows of Documentation/Accuracy.md: trains with each of a row's seeds and keeps the events that end the runs, one
# a line, in Documentation/results/ROW.jsonl. MNIST's test images are scored once in each run, at its end.
# Usage: Utilities/measure-accuracy.sh ROW...   fast | notebook | tiny | accurate | ensemble | synthetic
set -euo pipefail
cd "$(dirname "$0")/.."
digits=${DIGITS:-$PWD/.build/release/digits}
results=$PWD/Documentation/results
[ -x "$digits" ] || { echo "There is no $digits. Type: make build" >&2; exit 1; }

# train SEED OPTIONS...: one run, and its line with the seed and the seconds of the whole process before it.
train() {
    local seed=$1 begin=$EPOCHREALTIME line
    shift
    line=$("$digits" train --seed "$seed" --output "$runs/$row-$seed" --json "$@" 2>/dev/null | tail -n 1 |
        sed -E 's/"event":"finished",//; s/"(model|history|curves)":"[^"]*",//g')
    awk -v seed="$seed" -v begin="$begin" -v end="$EPOCHREALTIME" -v line="$line" 'BEGIN {
        printf "{\"seed\":%d,\"process_seconds\":%.3f,%s\n", seed, end - begin, substr(line, 2) }' >>"$file"
}

# Mean, standard deviation and minimum of a number of the lines.
summarize() {
    sed -n "s/.*\"$1\":\([0-9.e-]*\).*/\1/p" "$file" | awk -v name="$1" '
        { n++; sum += $1; squares += $1 * $1; if (n == 1 || $1 < least) least = $1 }
        END { mean = sum / n; spread = n > 1 ? sqrt((squares - n * mean * mean) / (n - 1)) : 0
              printf "  %s: n %d, mean %.5f, standard deviation %.5f, minimum %.5f\n", name, n, mean, spread, least }'
}

mkdir -p "$results"
runs=${RUNS:-$(mktemp -d)}
for row in "$@"; do
    file=$results/$row.jsonl
    rm -f "$file"
    case $row in
    fast) for seed in $(seq 1 30); do train "$seed" --recipe fast; done ;;
    notebook) for seed in 1 2 3 4 5; do train "$seed" --recipe notebook; done ;;
    tiny) for seed in 1 2 3 4 5; do train "$seed" --recipe tiny; done ;;
    accurate) for seed in 1 2 3 4 5; do train "$seed" --recipe accurate; done ;;
    ensemble)
        train 1 --recipe ensemble
        for model in "$runs/$row-1"/member-*/model.safetensors; do
            line=$("$digits" evaluate "$model" --json)
            printf '{"member":"%s","member_accuracy":%s\n' "$(basename "$(dirname "$model")")" "${line#*\"accuracy\":}" >>"$file"
        done
        ;;
    synthetic)
        # Trained on synthetic digits alone, scored on MNIST's test images.
        for seed in 1 2 3 4 5; do
            "$digits" train --seed "$seed" --recipe fast --epochs 6 --dataset synthetic --output "$runs/$row-$seed" \
                --quiet >/dev/null
            line=$("$digits" evaluate "$runs/$row-$seed/model.safetensors" --dataset mnist --json)
            printf '{"seed":%d,"test_accuracy":%s\n' "$seed" "${line#*\"accuracy\":}" >>"$file"
        done
        ;;
    *) echo "There is no row $row; there are: fast notebook tiny accurate ensemble synthetic." >&2; exit 64 ;;
    esac
    echo "$row ($file)"
    case $row in
    ensemble) summarize test_accuracy; summarize seconds; summarize member_accuracy ;;
    synthetic) summarize test_accuracy ;;
    *) summarize test_accuracy; summarize seconds; summarize process_seconds ;;
    esac
done
