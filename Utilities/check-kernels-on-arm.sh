#!/usr/bin/env bash
# Compiles the kernels for 64-bit Arm, as portable vectors of four, and compares each with the reference in an emulator.
# Skips where Debian's cross-libraries or the emulator are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
libraries=$(ls -d /usr/lib/gcc-cross/aarch64-linux-gnu/* 2>/dev/null | tail -1 || true)
if [ -z "$libraries" ] || ! command -v qemu-aarch64 >/dev/null; then
    echo "SKIPPED: the kernels on Arm need an emulator. Type: sudo apt-get install qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross"
    exit
fi
program=$(mktemp)
trap 'rm -f "$program"' EXIT
kernels=Sources/CDigitKernels
clang --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -L/usr/aarch64-linux-gnu/lib \
    -B"$libraries" -L"$libraries" -fuse-ld=lld -static -std=c17 -O2 -Wall -Wextra -Werror -I$kernels/include \
    $kernels/portable.c $kernels/reference.c $kernels/dispatch.c Utilities/ArmKernels/compare.c -lm -o "$program"
qemu-aarch64 "$program"
