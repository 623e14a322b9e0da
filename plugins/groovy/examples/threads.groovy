def total = new java.util.concurrent.atomic.AtomicInteger()
def workers = (1..4).collect { value -> Thread.start { total.addAndGet(value) } }
workers*.join()
println total.get()
