import sys

sys.setrecursionlimit(10**9)


def depth(level):
    return 1 + depth(level + 1)


print(depth(0))
