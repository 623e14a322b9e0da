#lang racket/base
(define (depth level)
  (+ 1 (depth (+ level 1))))

(displayln (depth 0))
