#!/bin/sh
# Compiles one program and packs its classes, with the class that holds main named. Arguments: the heap in MB, the archive, the source.
set -eu
mkdir classes
export JAVA_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx$1m -Xss8m -XX:-UsePerfData -Dfile.encoding=UTF-8"
scalac -nobootcp -encoding UTF-8 -d classes "$3"
# An object that can be started forwards main(String[]) in a class of its own name.
entry=
for class in classes/Main.class $(find classes -name '*.class' ! -name '*$*' | sort); do
    if [ -f "$class" ] && grep -qaF '([Ljava/lang/String;)V' "$class"; then
        entry=$(printf '%s' "${class#classes/}" | sed -e 's/\.class$//' -e 's#/#.#g')
        break
    fi
done
if [ -z "$entry" ]; then
    echo "error: no object has a main method" >&2
    exit 1
fi
printf 'Main-Class: %s
Class-Path: file:///usr/share/java/scala-library.jar
' "$entry" >manifest
exec jar --create --no-compress --file "$2" --manifest manifest -C classes .
