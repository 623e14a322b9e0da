#!/bin/sh
# Builds the tests of one file. Arguments: go, the binary, the file.
set -eu
exec "$1" test -c -o "$2" "$3"
