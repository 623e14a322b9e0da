#!/bin/sh
# Simulates one design. Argument: what iverilog made. The simulator tells of errors on its standard output; they go to stderr, too.
set -eu
{
    code=0
    /usr/bin/vvp -n "$1" || code=$?
    echo "$code" >"$TMPDIR/status"
} | awk '{ print } /^(FATAL|ERROR): / { print > "/dev/stderr" }'
status=$(cat "$TMPDIR/status")
# A signal that ended it ends this, too: that is how a limit is told from a failure.
[ "$status" -le 128 ] || kill "-$((status - 128))" $$
exit "$status"
