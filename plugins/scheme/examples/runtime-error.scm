(define (share total count)
  (quotient total count))

(display "before")
(newline)
(display (+ 1 (share 1 0)))
(newline)
