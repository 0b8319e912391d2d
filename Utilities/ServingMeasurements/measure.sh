#!/usr/bin/env bash
# Measures digits-server beside Hummingbird's own answer of a text and FastAPI with ONNX Runtime: requests a second, one image each,
# 32 connections, in turns; the medians are those of Documentation/Serving.md.
# Usage: Utilities/ServingMeasurements/measure.sh MODEL [PYTHON]
#   MODEL   a model file of the notebook's network
#   PYTHON  one that has requirements.txt; without it the peer is left out
# ROUNDS (5) and SECONDS_EACH (5) say how long, PROGRAMS where the programs are (Server/.build/release). Needs wrk, and
# `swift build -c release --package-path Server`.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/Utilities/ServingMeasurements
programs=${PROGRAMS:-$root/Server/.build/release}
model=${1:?"Name a model file of the notebook's network."}
python=${2:-}
rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-5}
scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$scratch"' EXIT

# wait_for ADDRESS: until a server answers.
wait_for() {
    local try
    for try in $(seq 200); do
        if curl -fsS -o "$scratch/answer" "$1" 2>/dev/null; then return; fi
        sleep 0.1
    done
    echo "Nothing answers at $1." >&2
    return 1
}

"$programs/PlaintextServer" 18081 &
wait_for http://127.0.0.1:18081/
"$programs/digits-server" --port 18082 --model notebook="$model" --log-level error &
wait_for http://127.0.0.1:18082/v2/health/ready
if [ -n "$python" ]; then
    (cd "$here" && exec "$python" -m uvicorn fastapi_server:app --port 18083 --log-level error) &
    wait_for http://127.0.0.1:18083/openapi.json
fi

# load NAME FORM ADDRESS: requests a second, and the answers' times.
load() {
    local script=()
    if [ "$2" != none ]; then script=(-s "$here/infer.lua"); fi
    FORM=$2 wrk -t1 -c32 -d"${seconds}s" "${script[@]}" "$3" >"$scratch/wrk"
    if grep -E 'Non-2xx|Socket errors' "$scratch/wrk" >&2 || grep -E 'errors [1-9]' "$scratch/wrk" >&2; then
        echo "$1: not every answer was a success." >&2
        return 1
    fi
    awk '/Requests\/sec/ { print $2 }' "$scratch/wrk" >>"$scratch/$1"
}

for _ in $(seq "$rounds"); do
    load plaintext none http://127.0.0.1:18081/
    load json json http://127.0.0.1:18082/v2/models/notebook/infer
    load binary binary http://127.0.0.1:18082/v2/models/notebook/infer
    if [ -n "$python" ]; then
        load fastapi-json json http://127.0.0.1:18083/infer
        load fastapi-raw raw http://127.0.0.1:18083/raw
    fi
done
for name in plaintext json binary fastapi-json fastapi-raw; do
    [ -f "$scratch/$name" ] || continue
    sort -n "$scratch/$name" | awk -v name="$name" '
        { value[NR] = $1 }
        END { printf "%-13s %8.0f requests/s (%.0f to %.0f)\n", name, value[int((NR + 1) / 2)], value[1], value[NR] }'
done
