def add(left, right):
    return left + right


def test_adds():
    assert add(1, 2) == 4
