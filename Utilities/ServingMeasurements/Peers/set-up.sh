#!/usr/bin/env bash
# Makes the environments of Python that the peers of measure.sh run in, once each: FOLDER/NAME for each requirements/NAME.txt.
# Usage: Utilities/ServingMeasurements/Peers/set-up.sh FOLDER
# They need Python 3.11, PyPI, and about 1 GB.
set -euo pipefail
folder=${1:?"Name a folder for the environments."}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")"
for requirements in requirements/*.txt; do
    environment=$folder/$(basename "$requirements" .txt)
    if [ -e "$environment/complete" ]; then continue; fi
    rm -rf "$environment"
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet -r "$requirements"
    touch "$environment/complete"
done
