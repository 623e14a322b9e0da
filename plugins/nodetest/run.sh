#!/bin/sh
# Runs the tests of one file and says whether they came to their end: a program that ends its process early has the exit status 0, too.
# Arguments: node, the heap in MB, the file.
set -eu
status=0
{
    code=0
    "$1" "--max-old-space-size=$2" --stack-size=16000 --test-reporter=tap "$3" || code=$?
    echo "$code" >"$TMPDIR/status"
} | awk -v finished="$TMPDIR/finished" '!/duration_ms/ { print } /^ *not ok / { failed = 1 } failed { print > "/dev/stderr" }
    /^# pass [1-9]/ { print "" > finished }'
status=$(cat "$TMPDIR/status")
if [ "$status" = 0 ] && [ ! -e "$TMPDIR/finished" ]; then
    echo "error: the tests did not come to their end" >&2
    exit 1
fi
# A signal that ended them ends this, too: that is how a limit is told from a failure.
[ "$status" -le 128 ] || kill "-$((status - 128))" $$
exit "$status"
