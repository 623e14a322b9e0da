#lang racket/base
(let loop ([kept '()])
  (loop (cons (make-vector 131072 (length kept)) kept)))
