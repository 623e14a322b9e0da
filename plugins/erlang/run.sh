#!/bin/sh
# Runs one program. Arguments: escript, the program's file, then the program's own. escript takes its own first line for a header,
# so it gets one, and a line directive keeps the numbers of the lines.
set -eu
escript=$1 source=$2
shift 2
{
    printf '#!/usr/bin/env escript\n%%%%! +fnu\n-mode(compile).\n-file("%s", 0).\n' "$source"
    cat "$source"
} >"$TMPDIR/$source"
exec "$escript" "$TMPDIR/$source" "$@"
