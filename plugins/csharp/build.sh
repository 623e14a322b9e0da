#!/bin/sh
# Compiles one program and packs it with the line numbers, which lie in a file of their own. Arguments: mcs, the archive, the source.
set -eu
"$1" -debug -optimize+ -langversion:latest -r:System.Core -r:System.Numerics -out:main.exe "$3"
exec tar -c -f "$2" main.exe main.exe.mdb
