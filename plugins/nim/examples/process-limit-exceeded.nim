import os

proc wait() {.thread.} =
  sleep(60000)

var workers: array[100, Thread[void]]
for i in 0 ..< 100:
  createThread(workers[i], wait)
joinThreads(workers)
