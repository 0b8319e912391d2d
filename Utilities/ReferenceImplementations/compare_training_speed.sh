#!/usr/bin/env bash
# Training speed of the notebook's CNN, ours and Keras's in turns in one run, so that a noisy machine hits both.
# Usage: compare_training_speed.sh PYTHON DATA [ROUNDS]
#   PYTHON  interpreter with requirements.txt installed;  DATA  folder with MNIST's four files
# Ours: one epoch on 60,000 images. Keras: epochs of 400 steps, the first (tracing, warm-up) not counted.
# Both: batch 32, 2 threads, float32. Prints images per second a round, the medians and the median ratio.
set -euo pipefail
python=$1 data=$(cd "$2" && pwd) rounds=${3:-5}
here=$(cd "$(dirname "$0")" && pwd)
digits=$here/../../.build/release/digits
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

speed() { grep '"event": *"epoch"\|"epoch":' | tail -n 1 | sed 's/.*"images_per_second": *\([0-9.]*\).*/\1/'; }
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

for round in $(seq "$rounds"); do
    ours=$("$digits" train --data "$data" --epochs 1 --threads 2 --output "$scratch/$round" --json 2>/dev/null |
        grep '"event":"epoch"' | speed)
    keras=$("$python" "$here/keras_notebook.py" --data "$data" --threads 2 --limit-steps 400 --epochs 3 --jsonl 2>/dev/null |
        grep '"images_per_second"' | grep '"epoch"' | speed)
    ratio=$(awk -v a="$ours" -v b="$keras" 'BEGIN { printf "%.2f", a / b }')
    printf 'round %s: digits %.0f, Keras %.0f images/s, ratio %s\n' "$round" "$ours" "$keras" "$ratio"
    echo "$ours" >>"$scratch/ours"; echo "$keras" >>"$scratch/keras"; echo "$ratio" >>"$scratch/ratio"
done
printf 'median: digits %.0f, Keras %.0f images/s, ratio %s\n' \
    "$(median <"$scratch/ours")" "$(median <"$scratch/keras")" "$(median <"$scratch/ratio")"
