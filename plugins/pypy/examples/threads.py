import threading

total = 0
lock = threading.Lock()


def add(value):
    global total
    with lock:
        total += value


workers = [threading.Thread(target=add, args=(value,)) for value in (1, 2, 3, 4)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(total)
