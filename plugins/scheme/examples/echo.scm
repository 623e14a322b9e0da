(use-modules (ice-9 rdelim))

(for-each (lambda (argument) (display argument) (newline)) (cdr (command-line)))
(let loop ((line (read-line)))
  (unless (eof-object? line)
    (display line)
    (newline)
    (loop (read-line))))
