(define port (read))
(define result
  (catch 'system-error
    (lambda ()
      (let ((connection (socket PF_INET SOCK_STREAM 0)))
        (connect connection AF_INET INADDR_LOOPBACK port)
        "connected"))
    (lambda arguments "refused")))
(display result)
(newline)
