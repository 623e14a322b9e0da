def divide(total, count):
    return total / count


print(divide(1, 0))
