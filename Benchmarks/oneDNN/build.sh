#!/usr/bin/env bash
# Builds the small program that times oneDNN's convolutions, where oneDNN (Debian's libdnnl-dev) and a C++ compiler are.
set -euo pipefail
cd "$(dirname "$0")"
if ! printf '#include <dnnl.hpp>\n' | c++ -x c++ -fsyntax-only - 2>/dev/null; then
    echo "oneDNN is not installed (Debian: libdnnl-dev); its column is left out." >&2
    exit 0
fi
mkdir -p ../.peers
c++ -std=c++17 -O2 -Wall -Wextra -o ../.peers/onednn convolutions.cpp -ldnnl
