(defun depth (level)
  (+ 1 (depth (+ level 1))))

(print (depth 0))
