#!/bin/sh
# Runs one program. Arguments: the archive, then the program's own.
set -eu
tar -x -f "$1"
shift
exec /usr/bin/mono --debug main.exe "$@"
