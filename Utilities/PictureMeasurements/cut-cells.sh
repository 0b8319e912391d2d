#!/bin/sh
# Cuts the cells of photographed grids out, as squares of 64 pixels, with a labels.csv beside them. Needs ImageMagick.
# Usage: cut-cells.sh FOLDER OUTPUT hand|print    (FOLDER has cells.csv and grids.csv)
set -eu
folder=$1 output=$2 kind=$3
mkdir -p "$output"
echo "file,label" > "$output/labels.csv"
tail -n +2 "$folder/cells.csv" | tr -d '\r' | while IFS=, read -r file corners hands; do
    grid=$(tr -d '\r' < "$folder/grids.csv" | awk -F, -v file="$file" '$1 == file { print $2 }')
    # shellcheck disable=SC2086  # Eight numbers.
    set -- $corners
    convert "$folder/$file" -virtual-pixel edge -distort Perspective \
        "$1,$2 0,0 $3,$4 576,0 $5,$6 576,576 $7,$8 0,576" -crop 576x576+0+0 +repage \
        -crop 9x9@ +repage "$output/${file%.jpg}-%02d.png"
    for cell in $(seq 0 80); do
        number=$((cell + 1))
        digit=$(printf %s "$grid" | cut -c$number)
        hand=$(printf %s "$hands" | cut -c$number)
        name=$(printf "%s-%02d.png" "${file%.jpg}" "$cell")
        case $kind$hand in
        hand1 | print0) [ "$digit" = 0 ] && rm -f "$output/$name" || echo "$name,$digit" >> "$output/labels.csv" ;;
        *) rm -f "$output/$name" ;;
        esac
    done
done
