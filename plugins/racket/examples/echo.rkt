#lang racket/base
(for ([argument (current-command-line-arguments)])
  (displayln argument))
(for ([line (in-lines)])
  (displayln line))
