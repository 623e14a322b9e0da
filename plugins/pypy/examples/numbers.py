import sys

numbers = sorted(int(word) for word in sys.stdin.read().split())
print(sum(numbers))
print(*numbers)
