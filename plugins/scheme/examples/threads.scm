(use-modules (ice-9 threads))

(define total 0)
(define lock (make-mutex))
(define workers
  (map (lambda (value)
         (call-with-new-thread
           (lambda () (with-mutex lock (set! total (+ total value))))))
       '(1 2 3 4)))
(for-each join-thread workers)
(display total)
(newline)
