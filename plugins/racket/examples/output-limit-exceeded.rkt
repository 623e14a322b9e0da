#lang racket/base
(let loop ()
  (displayln "all work and no play, all work and no play")
  (loop))
