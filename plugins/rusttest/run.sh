#!/bin/sh
# Runs tests that are built and says whether they came to their end: a program that ends its process early has the exit status 0, too.
# Argument: the binary.
set -eu
status=0
{
    code=0
    "$1" --test-threads=1 --nocapture || code=$?
    echo "$code" >"$TMPDIR/status"
} | awk -v finished="$TMPDIR/finished" '{ sub(/; finished in .*/, ""); print } /^test result: / { print "" > finished }'
status=$(cat "$TMPDIR/status")
if [ "$status" = 0 ] && [ ! -e "$TMPDIR/finished" ]; then
    echo "error: the tests did not come to their end" >&2
    exit 1
fi
# A signal that ended them ends this, too: that is how a limit is told from a failure.
[ "$status" -le 128 ] || kill "-$((status - 128))" $$
exit "$status"
