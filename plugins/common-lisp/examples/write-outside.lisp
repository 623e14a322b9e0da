(loop for path = (read-line *standard-input* nil)
      while path
      do (write-line
          (handler-case
              (progn
                (close (open path :direction :output :if-exists :supersede :if-does-not-exist :create))
                "written")
            (error () "refused"))))
