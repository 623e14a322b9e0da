#!/bin/sh
# Builds one program. Arguments: go, the binary, the source file, and an archive of a build cache where there is one.
set -eu
go=$1 output=$2 source=$3
# A copy of its own: what a build adds is gone with its box.
if [ $# -gt 3 ] && mkdir -p "$GOCACHE"; then tar -x -f "$4" -C "$GOCACHE"; fi
# The tables that panics read are kept; what only debuggers read is not.
exec "$go" build -ldflags "-s -w" -o "$output" "$source"
