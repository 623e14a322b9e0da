(define (read-all)
  (let ((number (read)))
    (if (eof-object? number) '() (cons number (read-all)))))

(let ((numbers (sort (read-all) <)))
  (display (apply + numbers))
  (newline)
  (display (string-join (map number->string numbers) " "))
  (newline))
