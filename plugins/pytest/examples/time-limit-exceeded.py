def test_loops():
    while True:
        pass
