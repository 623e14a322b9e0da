#lang racket/base
(define (add left right)
  (+ left right)
