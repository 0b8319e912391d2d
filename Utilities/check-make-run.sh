#!/usr/bin/env bash
# Runs `make run` and checks the accuracy that it prints.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
make run | tee "$log"
accuracy=$(sed -n 's/^Test images: *accuracy \([0-9.]*\)%.*/\1/p' "$log" | head -n 1)
awk -v a="$accuracy" 'BEGIN { exit !(a >= 98.0) }' || { echo "make run ended with a test accuracy of “$accuracy” %, below 98.0 %." >&2; exit 1; }
echo "Test accuracy $accuracy % is at least 98.0 %."
