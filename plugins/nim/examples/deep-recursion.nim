proc depth(level: int): int =
  var frame: array[32, int]
  frame[level mod 32] = level
  result = 1 + depth(level + 1) + frame[level mod 32]

echo depth(0)
