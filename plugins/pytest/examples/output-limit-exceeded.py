import os


def test_floods(capfd):
    with capfd.disabled():
        while True:
            print("all work and no play, all work and no play")
