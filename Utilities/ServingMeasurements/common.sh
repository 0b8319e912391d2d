# What measure.sh and load.sh share; it is read by them, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$root/Utilities/ServingMeasurements
programs=${PROGRAMS:-$root/Server/.build/release}
scratch=$(mktemp -d)
servers=()
# Some of the peers have processes of their own, which they leave behind. Ports are free when the servers have ended.
trap 'for server in "${servers[@]}"; do kill -- "-$server" || true; done 2>/dev/null; wait; rm -rf "$scratch"' EXIT

# serve ADDRESS COMMAND...: starts a server and waits until it answers at the address.
serve() {
    setsid "${@:2}" >"$scratch/told" 2>&1 &
    servers+=($!)
    local try
    for try in $(seq 600); do
        if curl -fsS -o "$scratch/answer" "$1" 2>/dev/null; then return; fi
        sleep 0.1
    done
    echo "Nothing answers at $1." >&2
    cat "$scratch/told" >&2
    return 1
}

# median FORMAT: the median of the numbers on its input, the least and the largest.
median() {
    sort -n | awk -v format="$1" '
        { value[NR] = $1 }
        END { printf format " (" format " to " format ")", value[int((NR + 1) / 2)], value[1], value[NR] }'
}

# ratio NAME OTHER: the median of the quotients of two files' numbers, turn by turn.
ratio() { paste "$scratch/$1" "$scratch/$2" | awk '{ print $1 / $2 }' | median %.2f; }
