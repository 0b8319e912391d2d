#!/usr/bin/env bash
# Measures digits-server under a given load: how long answers take at half of what it can, what happens at twice of it, how many images
# a second it takes in batches of 256, and its memory before and after many requests.
# Usage: Utilities/ServingMeasurements/load.sh MODEL
#   MODEL   a model file of the notebook's network
# OVERLOAD_SECONDS (60) and REQUESTS (1000000) say how long, PROGRAMS where the programs are (Server/.build/release).
# Needs wrk, h2load (Debian's nghttp2-client), jq, and `swift build -c release --package-path Server`.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/Utilities/ServingMeasurements
programs=${PROGRAMS:-$root/Server/.build/release}
model=${1:?"Name a model file of the notebook's network."}
scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$scratch"' EXIT

"$programs/digits-server" --port 18082 --model notebook="$model" --log-level error --connections 2000 >"$scratch/told" &
server=$!
path=/v2/models/notebook/infer
address=http://127.0.0.1:18082$path
until grep -q answers "$scratch/told"; do sleep 0.1; done

jq -nc '{inputs: [{name: "image", shape: [1, 784], datatype: "FP32", data: [range(784) | . * 7 % 256]}]}' >"$scratch/one.json"
head -c $((256 * 3136)) /dev/zero >"$scratch/batch"

memory() { awk '/^VmRSS/ { printf "%d MB\n", $2 / 1024 }' "/proc/$server/status"; }
# planned RATE CLIENTS SECONDS
planned() { "$programs/LoadGenerator" 18082 "$path" "$scratch/one.json" "$@"; }

echo "memory at the start: $(memory)"
capacity=$(FORM=json wrk -t1 -c32 -d5s -s "$here/infer.lua" "$address" | awk '/Requests\/sec/ { printf "%d", $2 }')
echo "closed loop, 32 connections: $capacity answers/s"
for _ in 1 2 3; do echo "half of that, planned: $(planned $((capacity / 2)) 64 10)"; done
echo "twice of it, planned: $(planned $((capacity * 2)) 256 "${OVERLOAD_SECONDS:-60}")"
echo "batches of 256, FP32, 4 connections: $(h2load --h1 -c 4 -t 1 -D 5 -H 'Inference-Header-Content-Length: 0' -d "$scratch/batch" "$address" |
    awk '/^finished in/ { printf "%.0f images/s", $4 * 256 }')"
echo "memory: $(memory)"
h2load --h1 -c 32 -t 1 -n "${REQUESTS:-1000000}" -d "$scratch/one.json" "$address" | grep '^requests:'
echo "memory after these: $(memory)"
