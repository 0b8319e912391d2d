#!/usr/bin/env bash
# Tells before the tests whether those on real MNIST will run.
if [ -n "${DIGITS_DATA:-}" ]; then
    echo "Tests on real MNIST use DIGITS_DATA=$DIGITS_DATA."
else
    echo "Tests on real MNIST are SKIPPED: DIGITS_DATA is not set. Set it to a folder with the four MNIST files to run them."
fi
