(dotimes (i 100)
  (sb-thread:make-thread (lambda () (sleep 60))))
