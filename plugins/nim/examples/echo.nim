import os

for argument in commandLineParams():
  echo argument
var line: string
while stdin.readLine(line):
  echo line
