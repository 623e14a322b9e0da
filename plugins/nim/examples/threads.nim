import std/locks

var
  total = 0
  lock: Lock
  workers: array[4, Thread[int]]

proc add(value: int) {.thread.} =
  withLock lock:
    total += value

initLock(lock)
for i in 0 .. 3:
  createThread(workers[i], add, i + 1)
joinThreads(workers)
echo total
