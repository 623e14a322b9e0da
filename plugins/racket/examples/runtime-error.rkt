#lang racket/base
(define (share total count)
  (quotient total count))

(displayln "before")
(displayln (+ 1 (share 1 (vector-length (current-command-line-arguments)))))
