#!/bin/sh
# Analyses and simulates the entity main of one file. Arguments: ghdl, the file.
set -eu
"$1" -a --std=08 --workdir="$TMPDIR" "$2"
# The simulator tells of failures on its standard output; they go to stderr, too.
{
    code=0
    "$1" -r --std=08 --workdir="$TMPDIR" main --assert-level=failure --ieee-asserts=disable || code=$?
    echo "$code" >"$TMPDIR/status"
} | awk '{ print } /^[^ ]*:[0-9]+:[0-9]+:@/ { print > "/dev/stderr" }'
status=$(cat "$TMPDIR/status")
# A signal that ended it ends this, too: that is how a limit is told from a failure.
[ "$status" -le 128 ] || kill "-$((status - 128))" $$
exit "$status"
