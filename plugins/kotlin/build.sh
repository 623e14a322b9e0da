#!/bin/sh
# Compiles one program and packs it with the library. Arguments: the heap in MB, the archive, the source.
set -eu
export JAVA_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx$1m -Xss8m -XX:-UsePerfData -Dfile.encoding=UTF-8"
exec kotlinc -include-runtime -nowarn -d "$2" "$3"
