import sys

for path in sys.stdin.read().split():
    try:
        open(path, "w").close()
        print("written")
    except OSError:
        print("refused")
