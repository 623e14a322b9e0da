#!/bin/sh
# Compiles one source file and packs its classes, with the class that holds main named, into one jar.
# Arguments: the JDK's folder, the source file, the jar, the compiler's heap in MB, and more flags for its tools.
set -eu
jdk=$1 source=$2 jar=$3 heap=$4
shift 4
flags="-J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-Xshare:auto -J-Xmx${heap}m -J-XX:-UsePerfData $*"

# Word splitting of the flags is meant. -proc:none: an annotation processor is code, and none was sent.
"$jdk/bin/javac" $flags -proc:none -encoding UTF-8 -Xmaxerrs 20 -d classes "$source"

# A class file names the descriptor of main(String[]) when it declares or calls one; the class of the file's name goes first.
entry=
for class in "classes/${source%.java}.class" classes/*.class; do
    [ -f "$class" ] || continue
    case $class in *'$'*) continue ;; esac
    if grep -qaF '([Ljava/lang/String;)V' "$class" && grep -qaF 'main' "$class"; then
        entry=${class#classes/}
        entry=${entry%.class}
        break
    fi
done
if [ -z "$entry" ]; then
    # A package puts its classes into folders.
    class=$(find classes -name '*.class' ! -name '*$*' -exec grep -laF '([Ljava/lang/String;)V' {} + | sort | head -n 1)
    entry=$(printf '%s' "${class#classes/}" | sed -e 's/\.class$//' -e 's#/#.#g')
fi
if [ -z "$entry" ]; then
    echo "error: no class has a main method" >&2
    exit 1
fi
"$jdk/bin/jar" $flags --create --no-compress --file "$jar" --main-class "$entry" -C classes .
