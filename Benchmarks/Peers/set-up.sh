#!/usr/bin/env bash
# Makes the environments of Python that the peers run in, once each: Benchmarks/.peers/NAME for each requirements/NAME.txt.
# They need Python 3.11 or newer, PyPI, and about 3 GB. Nothing of them is needed to build, test or use digits.
set -euo pipefail
cd "$(dirname "$0")"
for requirements in requirements/*.txt; do
    name=$(basename "$requirements" .txt)
    environment=../.peers/$name
    if [ -e "$environment/complete" ]; then continue; fi
    echo "Installing ${name}'s environment" >&2
    rm -rf "$environment"
    python3 -m venv "$environment"
    # PyTorch's builds without CUDA lie in an index of their own, unless they are at hand.
    "$environment/bin/pip" install --quiet -r "$requirements" 2>/dev/null ||
        "$environment/bin/pip" install --quiet -r "$requirements" \
            --extra-index-url https://download.pytorch.org/whl/cpu
    touch "$environment/complete"
done
