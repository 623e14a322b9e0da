#lang racket/base
(define total 0)
(define lock (make-semaphore 1))
(define workers
  (for/list ([value '(1 2 3 4)])
    (thread (lambda () (call-with-semaphore lock (lambda () (set! total (+ total value))))))))
(for-each thread-wait workers)
(displayln total)
