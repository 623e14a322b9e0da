(define (depth level)
  (+ 1 (depth (+ level 1))))

(display (depth 0))
