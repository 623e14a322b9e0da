(defvar *total* 0)
(defvar *lock* (sb-thread:make-mutex))
(let ((workers (loop for value from 1 to 4
                     collect (let ((mine value))
                               (sb-thread:make-thread
                                (lambda () (sb-thread:with-mutex (*lock*) (incf *total* mine))))))))
  (mapc #'sb-thread:join-thread workers)
  (format t "~D~%" *total*))
