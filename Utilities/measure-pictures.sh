#!/usr/bin/env bash
# Measures how well pictures are read, on labelled ones; the rows are those of Documentation/Pictures.md.
# Usage: Utilities/measure-pictures.sh [--peer PYTHON] FOLDER [ROW ...]
#   FOLDER  has a folder for each set: orand-car-a, nsysu-digits, hwd1000, sudoku-mixed-natural, diego999-sudoku; what is missing is left out
#   ROW     amounts, exams, stylus, cells, printed-cells, sudokus, printed, mnist; all without any
#   --peer  measures RapidOCR in place of digits, with a Python that has PictureMeasurements/requirements.txt
# Needs `make build`; the rows of sudokus need ImageMagick and jq; mnist needs DIGITS_DATA, and is not measured of the peer.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tools=$root/Utilities/PictureMeasurements
python=
if [ "${1:-}" = --peer ]; then python=$2; shift 2; fi
folder=${1:?"Name the folder of the labelled pictures."}
shift
rows=" ${*:-amounts exams stylus cells printed-cells sudokus printed mnist} "
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

wanted() { case $rows in *" $1 "*) ;; *) return 1 ;; esac; }

# read_pictures FOLDER OPTION...: what digits says of each picture. Those that cannot be read count as read wrong (exit code 1).
read_pictures() { "$root/.build/release/digits" read "$@" --json 2>/dev/null || [ $? -eq 1 ]; }

# texts NAME FOLDER OPTION...: the pictures whose whole text is right.
texts() {
    local name=$1 pictures=$2
    shift 2
    wanted "$name" && [ -f "$pictures/labels.csv" ] || return 0
    if [ -n "$python" ]; then
        "$python" "$tools/rapidocr_read.py" "$pictures" >"$scratch/answers.csv"
    else
        read_pictures "$pictures" "$@" |
            jq -r '[.file, (.lines | map(.text) | join(""))] | join(",")' | cat <(echo "file,text") - \
            >"$scratch/answers.csv"
    fi
    printf '%-14s %s\n' "$name" "$(awk -f "$tools/score-texts.awk" "$pictures/labels.csv" "$scratch/answers.csv")"
}

# cells NAME KIND: the cells of photographed sudokus that were filled in by hand or printed, each cut out.
cells() {
    local photos=$folder/sudoku-mixed-natural
    wanted "$1" && [ -d "$photos" ] || return 0
    "$tools/cut-cells.sh" "$photos" "$scratch/$1" "$2"
    texts "$1" "$scratch/$1" --single
}

# sudokus: the digits of whole photos, by the cells in which they are found.
sudokus() {
    local photos=$folder/sudoku-mixed-natural
    wanted sudokus && [ -d "$photos" ] || return 0
    if [ -n "$python" ]; then
        "$python" "$tools/rapidocr_read.py" "$photos" --pages >"$scratch/answers.csv"
    else
        read_pictures "$photos" |
            jq -r '.file as $file | .lines[].digits[]
                | [$file, .digit, .box[0] + .box[2] / 2, .box[1] + .box[3] / 2] | join(",")' |
            cat <(echo "file,digit,x,y") - >"$scratch/answers.csv"
    fi
    printf '%-14s %s\n' sudokus "$(awk -f "$tools/score-cells.awk" "$photos/cells.csv" "$photos/grids.csv" "$scratch/answers.csv")"
}

# mnist: its test images, each as a picture of its own.
mnist() {
    wanted mnist && [ -z "$python" ] && [ -n "${DIGITS_DATA:-}" ] || return 0
    mkdir "$scratch/mnist"
    gzip -cdf "$DIGITS_DATA"/t10k-images?idx3-ubyte* >"$scratch/images"
    gzip -cdf "$DIGITS_DATA"/t10k-labels?idx1-ubyte* >"$scratch/labels"
    tail -c +17 "$scratch/images" | split -b 784 -a 5 -d - "$scratch/mnist/"
    for image in "$scratch/mnist"/*; do { printf 'P5 28 28 255\n'; cat "$image"; } >"$image.pgm"; rm "$image"; done
    tail -c +9 "$scratch/labels" | od -An -v -tu1 -w1 |
        awk 'BEGIN { print "file,label" } { printf "%05d.pgm,%d\n", NR - 1, $1 }' >"$scratch/mnist/labels.csv"
    texts mnist "$scratch/mnist" --single
}

texts amounts "$folder/orand-car-a" --line
texts exams "$folder/nsysu-digits" --single
texts stylus "$folder/hwd1000" --single
cells cells hand
cells printed-cells print
sudokus
texts printed "$folder/diego999-sudoku" --single
mnist
