#lang racket/base
(for ([path (in-lines)])
  (displayln
    (with-handlers ([exn:fail:filesystem? (lambda (problem) "refused")])
      (close-output-port (open-output-file path))
      "written")))
