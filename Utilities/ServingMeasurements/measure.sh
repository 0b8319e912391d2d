#!/usr/bin/env bash
# Measures digits-server beside Hummingbird's own answer of a text and the peers, other servers of models with ONNX Runtime: requests a
# second, one image each, 32 connections, in turns; the medians are those of Documentation/Serving.md.
# Usage: Utilities/ServingMeasurements/measure.sh MODEL [PEERS]
#   MODEL  a model file of the notebook's network
#   PEERS  the folder that Peers/set-up.sh has filled; those that are not in it are left out
# ROUNDS (5) and SECONDS_EACH (5) say how long, PROGRAMS where the programs are (Server/.build/release). Needs wrk, and
# `swift build -c release --package-path Server`.
set -euo pipefail
. "$(dirname "$0")/common.sh"
model=${1:?"Name a model file of the notebook's network."}
peers=${2:-}
rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-5}

# Name, form of the request, address.
rows=(
    "plaintext none http://127.0.0.1:18081/"
    "json json http://127.0.0.1:18082/v2/models/notebook/infer"
    "binary binary http://127.0.0.1:18082/v2/models/notebook/infer"
)
serve http://127.0.0.1:18081/ "$programs/PlaintextServer" 18081
serve http://127.0.0.1:18082/v2/health/ready \
    "$programs/digits-server" --port 18082 --model notebook="$model" --log-level error

# has NAME: whether a peer is installed.
has() { [ -n "$peers" ] && [ -x "$peers/$1/bin/python" ]; }

export PYTHONPATH=$here/Peers
if has fastapi; then
    serve http://127.0.0.1:18083/openapi.json \
        "$peers/fastapi/bin/python" -m uvicorn fastapi_server:app --port 18083 --log-level error
    rows+=("fastapi-json json http://127.0.0.1:18083/infer" "fastapi-raw raw http://127.0.0.1:18083/raw")
fi
if has litserve; then
    serve http://127.0.0.1:18084/health "$peers/litserve/bin/python" "$here/Peers/litserve_server.py" 18084
    rows+=("litserve json http://127.0.0.1:18084/infer")
fi
if has bentoml; then
    serve http://127.0.0.1:18085/readyz env BENTOML_DO_NOT_TRACK=1 \
        BENTOML_CONFIG_OPTIONS=services.logging.access.enabled=false \
        "$peers/bentoml/bin/bentoml" serve bentoml_service:Notebook --host 127.0.0.1 --port 18085
    rows+=("bentoml json http://127.0.0.1:18085/infer")
fi
if has mlserver; then
    serve http://127.0.0.1:18086/v2/models/notebook/ready "$peers/mlserver/bin/mlserver" start "$here/Peers/mlserver"
    rows+=("mlserver json http://127.0.0.1:18086/v2/models/notebook/infer")
fi

# load NAME FORM ADDRESS: adds the requests a second to NAME's.
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
    for row in "${rows[@]}"; do
        # shellcheck disable=SC2086 # Each word is an argument.
        load $row
    done
done
echo "| | requests/s | \`infer\`, JSON, over it | \`infer\`, binary, over it |"
echo "|---|---|---|---|"
for row in "${rows[@]}"; do
    name=${row%% *}
    echo "| $name | $(median %.0f <"$scratch/$name") | $(ratio json "$name") | $(ratio binary "$name") |"
done
