# Weighs the numbers of its input.
LIMIT = 10
START = 5
STEPS = [4, 7]


def weigh(value, factor):
    # The even ones count more.
    total = -START
    if value % 2 == 0 and value < LIMIT:
        total += value * factor
    else:
        total -= value + factor
    return total


numbers = [int(word) for word in input().split()]
result = 0
for number in numbers:
    result += weigh(number, STEPS[0])
print("result", result)
print("share", result // len(numbers))
