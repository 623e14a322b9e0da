#!/bin/sh
# Runs tests that are compiled, of JUnit 5 and of JUnit 4 and says whether they came to their end: a program that ends its process early has the exit status 0, too.
# Arguments: java, the jar, the class path, flags of the JVM.
set -eu
java=$1 jar=$2 path=$3
shift 3
{
    code=0
    "$java" "$@" -cp "$jar:$path" org.junit.platform.console.ConsoleLauncher --disable-banner --disable-ansi-colors \
        --fail-if-no-tests --details=tree --scan-classpath "$jar" || code=$?
    echo "$code" >"$TMPDIR/status"
} | awk -v finished="$TMPDIR/finished" '!/finished after/ { print } /=> / { failed = 1 } failed { print > "/dev/stderr" }
    / tests successful / { print "" > finished }'
status=$(cat "$TMPDIR/status")
if [ "$status" = 0 ] && [ ! -e "$TMPDIR/finished" ]; then
    echo "error: the tests did not come to their end" >&2
    exit 1
fi
# A signal that ended them ends this, too: that is how a limit is told from a failure.
[ "$status" -le 128 ] || kill "-$((status - 128))" $$
exit "$status"
