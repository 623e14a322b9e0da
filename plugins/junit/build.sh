#!/bin/sh
# Compiles the tests of one file and packs their classes. Arguments: the JDK's folder, the file, the jar, the heap in MB, the class path.
set -eu
flags="-J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-Xshare:auto -J-Xmx${4}m -J-XX:-UsePerfData"
# Word splitting of the flags is meant. -proc:none: an annotation processor is code, and none was sent.
"$1/bin/javac" $flags -proc:none -encoding UTF-8 -Xmaxerrs 20 -cp "$5" -d classes "$2"
exec "$1/bin/jar" $flags --create --no-compress --file "$3" -C classes .
