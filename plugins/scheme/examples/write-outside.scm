(use-modules (ice-9 rdelim))

(let loop ((path (read-line)))
  (unless (eof-object? path)
    (display
      (catch 'system-error
        (lambda () (close-port (open-output-file path)) "written")
        (lambda arguments "refused")))
    (newline)
    (loop (read-line))))
