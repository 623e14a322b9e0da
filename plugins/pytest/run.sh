#!/bin/sh
# Runs the tests of one file and says whether they came to their end: a program that ends its process early has the exit status 0, too.
# Arguments: python, the file.
set -eu
status=0
{
    code=0
    "$1" -m pytest -q --tb=native -p no:cacheprovider --junitxml="$TMPDIR/report.xml" "$2" || code=$?
    echo "$code" >"$TMPDIR/status"
} | awk '/^=+ (FAILURES|ERRORS) =+$/ { failed = 1 } { sub(/ in [0-9.]+s/, ""); print }
    failed { print > "/dev/stderr" }'
status=$(cat "$TMPDIR/status")
[ ! -e "$TMPDIR/report.xml" ] || touch "$TMPDIR/finished"
if [ "$status" = 0 ] && [ ! -e "$TMPDIR/finished" ]; then
    echo "error: the tests did not come to their end" >&2
    exit 1
fi
# A signal that ended them ends this, too: that is how a limit is told from a failure.
[ "$status" -le 128 ] || kill "-$((status - 128))" $$
exit "$status"
