#!/bin/sh
# Assembles and links one program for Linux on x86_64. Arguments: nasm, the binary, the source file.
set -eu
"$1" -f elf64 -o main.o "$3"
exec ld -o "$2" main.o
