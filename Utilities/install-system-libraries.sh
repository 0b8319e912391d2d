#!/usr/bin/env bash
# Installs the system libraries that building digits needs and that are missing: zlib (gzip) and libcrypto (SHA-256).
# It also installs those that `digits` opens when it needs them: Cairo, for figures as PNG or PDF, with the font of the figures,
# and libpng, TurboJPEG, libtiff and libwebp, for pictures; with --for-tests also libheif, for pictures of some telephones.
# Where it may not install, it prints the line to type and stops; if only what is opened is missing it goes on, for all else works.
set -euo pipefail

fail() { printf '%s\n' "$@" >&2; exit 1; }

command -v swift >/dev/null || fail "Swift is not installed. digits needs Swift 6.2 or newer: https://www.swift.org/install"
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
[ "$(printf '%s\n6.2\n' "$version" | sort -V | head -n 1)" = 6.2 ] ||
    fail "This is Swift $version, but digits needs 6.2 or newer: https://www.swift.org/install"

# has HEADER PKG-CONFIG-NAME: whether a library can be compiled against.
has() {
    echo "#include <$1>" | clang $(pkg-config --cflags "$2" 2>/dev/null) -fsyntax-only -x c - 2>/dev/null
}

apt=() brew=() optional=()
has zlib.h zlib || { apt+=(zlib1g-dev); brew+=(zlib); }
has openssl/sha.h libcrypto || { apt+=(libssl-dev); brew+=(openssl@3); }
needed=${#apt[@]}

# opened FILE-OF-LINUX FILE-OF-MACOS APT-PACKAGES BREW-PACKAGE: a library that is opened when it is needed. Where releases name its
# package differently, the names stand with a | between them.
linux_libraries=$([ "$(uname)" != Linux ] || PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
opened() {
    if [ "$(uname)" = Linux ]; then
        grep -F "$1" <<<"$linux_libraries" >/dev/null || optional+=($3)
    elif command -v brew >/dev/null; then
        [ -e "$(brew --prefix)/lib/$2" ] || { optional+=("$4"); brew+=("$4"); }
    fi
}
opened libcairo.so.2 libcairo.2.dylib "libcairo2 fonts-dejavu-core" cairo
opened libpng16.so.16 libpng16.16.dylib libpng16-16 libpng
opened libturbojpeg.so.0 libturbojpeg.0.dylib "libturbojpeg0|libturbojpeg" jpeg-turbo
opened libtiff.so. libtiff.6.dylib "libtiff6|libtiff5" libtiff
opened libwebp.so.7 libwebp.7.dylib libwebp7 webp
if [ "${1:-}" = --for-tests ]; then
    opened libheif.so.1 libheif.1.dylib libheif1 libheif
    opened libde265.so.0 libde265.0.dylib "libheif-plugin-libde265|libde265-0" libde265
fi
[ $((${#apt[@]} + ${#optional[@]})) -gt 0 ] || exit 0
go_on() {
    printf '%s\n' "$@" "Going on without: figures can be written as SVG, and some kinds of pictures cannot be read." >&2
}
# give_up LINES: says what is missing, and stops only where the build needs it.
give_up() {
    [ "$needed" = 0 ] || fail "$@"
    go_on "$@"
    exit 0
}

# known NAMES…: of each argument's names, with | between them, the first that apt knows; else the first one.
known() {
    local names name
    for names in "$@"; do
        for name in ${names//|/ }; do
            if apt-cache show "$name" >/dev/null 2>&1; then break; fi
            name=${names%%|*}
        done
        printf '%s ' "$name"
    done
}

if command -v apt-get >/dev/null; then
    get="apt-get install -y --no-install-recommends"
    if [ "$(id -u)" = 0 ]; then
        sudo=()
    elif sudo -n true 2>/dev/null; then
        sudo=(sudo -n)
    else
        packages=$(known "${apt[@]}" "${optional[@]}")
        give_up "Missing system libraries: $packages. Type this, then try again:" "    sudo $get $packages"
    fi
    try() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive $get $(known "$@"); }
    is_updated=
    # install NAMES…: the package lists may be old or absent on a fresh machine, and then are fetched once.
    install() {
        echo "Installing missing system libraries: $(known "$@")"
        try "$@" >/dev/null 2>&1 && return
        [ -n "$is_updated" ] || "${sudo[@]}" apt-get update -qq || return
        is_updated=1
        try "$@" >/dev/null
    }
    [ "$needed" = 0 ] || install "${apt[@]}" ||
        fail "They could not be installed. Type this to see why:" "    sudo $get $(known "${apt[@]}")"
    # Each by itself, so that one that cannot be had keeps no other away.
    for names in "${optional[@]}"; do
        install "$names" || go_on "It could not be installed. Type this to see why:" "    sudo $get $(known "$names")"
    done
elif command -v brew >/dev/null; then
    echo "Installing the missing system libraries: ${brew[*]}"
    brew install --quiet "${brew[@]}"
else
    give_up "Missing system libraries: zlib, libcrypto (OpenSSL) with their headers, Cairo, libpng, TurboJPEG, libtiff or libwebp." \
        "Install them with this system's package manager, then try again."
fi
