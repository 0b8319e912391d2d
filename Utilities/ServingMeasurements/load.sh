#!/usr/bin/env bash
# Measures digits-server under a given load: how long answers take at half of what it can, what happens at twice of it, how many images
# a second it takes in batches of 256 beside the library by itself, and its memory before and after many requests. Prints a table.
# Usage: Utilities/ServingMeasurements/load.sh MODEL
#   MODEL   a model file of the notebook's network
# ROUNDS (5), OVERLOAD_SECONDS (60) and REQUESTS (1000000) say how long; PROGRAMS (Server/.build/release) and BENCHMARK
# (Benchmarks/.build/release/digits-benchmark) where the programs are; DIGITS_DATA where MNIST is. Needs wrk, h2load (Debian's
# nghttp2-client), jq, `swift build -c release --package-path Server`, and the same for Benchmarks.
set -euo pipefail
. "$(dirname "$0")/common.sh"
model=${1:?"Name a model file of the notebook's network."}
data=${DIGITS_DATA:?"Set DIGITS_DATA to the folder that has MNIST's files."}
benchmark=${BENCHMARK:-$root/Benchmarks/.build/release/digits-benchmark}
rounds=${ROUNDS:-5}
path=/v2/models/notebook/infer
# The one is as it is by itself; the other has a short queue.
port=18082 bounded=18083 queue=32

# digits PORT OPTION...: starts digits-server.
digits() {
    serve "http://127.0.0.1:$1/v2/health/ready" "$programs/digits-server" --port "$1" --connections 2000 \
        --model notebook="$model" --log-level error "${@:2}"
}
digits $port
digits $bounded --queue-requests $queue
server=${servers[0]}

jq -nc '{inputs: [{name: "image", shape: [1, 784], datatype: "FP32", data: [range(784) | . * 7 % 256]}]}' >"$scratch/one"

# images COUNT: the pixels of the first of MNIST's test images.
images() { gzip -dc "$data/t10k-images-idx3-ubyte.gz" | tail -c +17 | head -c $(($1 * 784)) || true; }
# header COUNT: the JSON before as many images of bytes.
header() {
    jq -jnc --argjson count "$1" '{inputs: [{name: "image", shape: [$count, 784], datatype: "UINT8",
        parameters: {binary_data_size: ($count * 784)}}], parameters: {binary_data_output: true}}'
}
for count in 64 256; do
    { header $count && images $count; } >"$scratch/bytes-$count"
    field[count]="Inference-Header-Content-Length: $(header $count | wc -c)"
done
# Floats alone need no JSON.
images 256 | perl -0777 -ne 'print pack("f<*", unpack("C*", $_))' >"$scratch/floats-256"

memory() { awk '/^VmRSS/ { printf "%d MB", $2 / 1024 }' "/proc/$server/status"; }
row() { printf '| %s | %s |\n' "$@"; }

# capacity BODY FIELD CLIENTS: answers a second in a closed loop of some seconds, none of which may be a refusal.
capacity() {
    h2load --h1 -t 1 -c "$3" -D 4 --warm-up-time 1 -H "$2" -d "$scratch/$1" \
        http://127.0.0.1:$port$path >"$scratch/h2load"
    if ! grep -q ' 0 failed, 0 errored, 0 timeout' "$scratch/h2load"; then
        grep '^requests:' "$scratch/h2load" >&2
        return 1
    fi
    awk '/^finished in/ { print $4 }' "$scratch/h2load"
}

# planned PORT BODY RATE CLIENTS SECONDS [FIELD]
planned() { "$programs/LoadGenerator" "$1" $path "$scratch/$2" "${@:3}"; }

row "" ""
row --- ---
row "memory at the start" "$(memory)"
for _ in $(seq "$rounds"); do
    FORM=json wrk -t1 -c32 -d4s -s "$here/infer.lua" http://127.0.0.1:$port$path | awk '/Requests\/sec/ { print $2 }' >>"$scratch/closed"
    rate=$(tail -n 1 "$scratch/closed")
    row "half of ${rate%.*} requests a second, one image, planned, 64 clients, 10 s" \
        "$(planned $port one "$(awk -v rate="$rate" 'BEGIN { print rate / 2 }')" 64 10)"
done
row "requests a second in a closed loop, one image, 32 clients" "$(median %.0f <"$scratch/closed")"

coproc library { "$benchmark" worker --task infer --network notebook --batch 256 --threads 2 --seconds 3; }
read -r _ <&"${library[0]}"
for _ in $(seq "$rounds"); do
    echo run >&"${library[1]}"
    read -r line <&"${library[0]}"
    jq .images_per_second <<<"$line" >>"$scratch/library"
    capacity bytes-256 "${field[256]}" 4 | awk '{ print $1 * 256 }' >>"$scratch/bytes"
    capacity floats-256 'Inference-Header-Content-Length: 0' 4 | awk '{ print $1 * 256 }' >>"$scratch/floats"
done
row "images a second of the library, 2 threads, batches of 256" "$(median %.0f <"$scratch/library")"
row "the same through the server, UINT8, 4 clients" "$(median %.0f <"$scratch/bytes"); of the library's $(ratio bytes library)"
row "FP32" "$(median %.0f <"$scratch/floats"); of the library's $(ratio floats library)"

rate=$(median %.0f <"$scratch/closed")
row "twice of ${rate%% *} requests a second, one image, planned, 256 clients" \
    "$(planned $port one $((2 * ${rate%% *})) 256 "${OVERLOAD_SECONDS:-60}")"
rate=$(capacity bytes-64 "${field[64]}" 8)
row "twice of ${rate%.*} requests a second of 64 images, UINT8, planned, 256 clients, a queue of $queue" \
    "$(planned $bounded bytes-64 "$(awk -v rate="$rate" 'BEGIN { print 2 * rate }')" 256 "${OVERLOAD_SECONDS:-60}" "${field[64]}")"
row "memory after all these" "$(memory)"
asked=$(h2load --h1 -c 32 -t 1 -n "${REQUESTS:-1000000}" -d "$scratch/one" http://127.0.0.1:$port$path |
    awk '/^requests:/ { print $8 " of " $2 }')
row "memory after $asked requests more that were answered" "$(memory)"
