#!/usr/bin/env bash
# Writes the manual page, in the language of man, from the program's own help: Utilities/manual.sh .build/release/digits >digits.1
set -euo pipefail
program=$1

# What help says of a command, word for word; it fits 80 columns without the usual indent.
verbatim() {
    printf '.in 0\n.nf\n'
    "$program" "$@" --help | sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^[.']/\\\\\\&&/"
    printf '.fi\n.in\n'
}

# The names of the commands below one, as its help lists them.
commands() {
    "$program" "$@" --help | awk '/^[A-Z]+:/ { inside = $0 == "SUBCOMMANDS:" } inside && /^  [a-z]/ { print $1 }'
}

section() {
    local name below
    for name in $(commands "$@"); do
        below=$(commands "$@" "$name")
        printf '.SS digits %s\n' "${*:+$* }$name"
        verbatim "$@" "$name"
        if [ -n "$below" ]; then section "$@" "$name"; fi
    done
}

printf '.TH DIGITS 1 "" "digits %s"\n' "$("$program" --version)"
printf '.SH NAME\ndigits \\- reads handwritten digits: pictures, data, training, evaluation\n'
printf '.SH SYNOPSIS\n.B digits\n.I command\n[arguments] [options]\n'
printf '.SH DESCRIPTION\n'
verbatim
printf '.SH COMMANDS\n'
section
cat <<'PAGE'
.SH EXIT STATUS
0 where all was done; 1 where it could not be done; 3 where the result is less sure than was asked for; 64 for a command line
that makes no sense; 130, 143 and 129 after Ctrl-C, SIGTERM and SIGHUP; 141 where nobody reads the output any more.
.SH ENVIRONMENT
.TP
.B DIGITS_DATA
A folder that holds the files of a data set; then none are downloaded.
.TP
.B XDG_CACHE_HOME
Where downloaded data sets are kept, in the folder digits.
.TP
.B NO_COLOR, TERM, COLORTERM, COLUMNS
What can be shown, as usual.
PAGE
