#lang racket/base
(require racket/tcp)
(define port (read))
(displayln
  (with-handlers ([exn:fail:network? (lambda (problem) "refused")])
    (tcp-connect "127.0.0.1" port)
    "connected"))
