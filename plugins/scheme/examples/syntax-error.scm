(define total 0)
(for-each
  (lambda (value) (set! total (+ total value))
  '(1 2))
(display total)
