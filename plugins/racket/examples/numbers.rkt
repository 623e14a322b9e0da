#lang racket/base
(define numbers (sort (for/list ([number (in-port read)]) number) <))
(displayln (apply + numbers))
(for ([number numbers] [index (in-naturals)])
  (unless (zero? index) (display " "))
  (display number))
(newline)
