#!/usr/bin/env bash
# Measures how long a normal client's requests take, one image of JSON each on 4 connections, while 1000 slow clients hold theirs: slow
# heads, slow bodies, ranges, and answers that are taken slowly. The numbers are those of Documentation/Reliability.md.
# Usage: Utilities/ServingMeasurements/slow_clients.sh PROGRAM
#   PROGRAM  digits-server, with its default settings
# SECONDS_EACH (30) says how long each kind of them comes. Needs slowhttptest, wrk and curl.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=${1:?"Name the program digits-server."}
seconds=${SECONDS_EACH:-30}
address=http://127.0.0.1:18084
scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$scratch"' EXIT
# Each connection is a descriptor, of the server and of the slow clients.
ulimit -n 8192

"$program" --port 18084 --log-level error &
for _ in $(seq 200); do
    if curl -fsS -o "$scratch/answer" $address/v2/health/ready 2>/dev/null; then break; fi
    sleep 0.1
done

# normal NAME SECONDS: what a client measures that means well.
normal() {
    printf '%s: ' "$1"
    FORM=json wrk -t1 -c4 -d"$2s" -s "$here/infer.lua" $address/v2/models/tiny/infer | grep '^answers'
}

# beside NAME OPTION...: the same beside slow clients.
beside() {
    local name=$1
    shift
    slowhttptest -c 1000 -r 250 -i 5 -l "$seconds" "$@" >"$scratch/slow" 2>&1 &
    local slow=$!
    # Until all of them are there.
    sleep 5
    normal "$name" $((seconds - 7))
    wait $slow || true
}

normal "no slow client" $((seconds - 7))
beside "slow heads (-H)" -H -u $address/v2
beside "slow bodies (-B)" -B -s 8192 -u $address/v1/read
beside "ranges (-R)" -R -u $address/openapi.json
beside "answers taken slowly (-X)" -X -k 5 -w 1 -y 64 -n 2 -z 5 -u $address/openapi.json
