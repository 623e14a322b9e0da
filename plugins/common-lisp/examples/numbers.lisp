(let* ((numbers (sort (loop for number = (read *standard-input* nil)
                            while number
                            collect number)
                      #'<)))
  (format t "~D~%~{~D~^ ~}~%" (reduce #'+ numbers) numbers))
