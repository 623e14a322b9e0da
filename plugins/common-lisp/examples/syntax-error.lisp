(defun add (left right)
  (+ left right)

(print (add 1 2))
