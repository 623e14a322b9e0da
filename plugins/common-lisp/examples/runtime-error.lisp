(defun share (total count)
  (floor total count))

(write-line "before")
(print (share 1 (length (rest sb-ext:*posix-argv*))))
