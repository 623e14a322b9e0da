import algorithm, math, sequtils, strutils

var numbers = stdin.readAll().splitWhitespace().map(parseInt)
numbers.sort()
echo numbers.sum
echo numbers.join(" ")
