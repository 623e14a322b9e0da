#!/bin/sh
# Fills a build cache with what every program needs, and packs it. Arguments: go, the archive.
set -eu
"$1" build -ldflags "-s -w" -o sample sample.go
tar -c -f "$2" -C "$GOCACHE" .
