(require :sb-bsd-sockets)
(write-line
 (handler-case
     (let ((socket (make-instance 'sb-bsd-sockets:inet-socket :type :stream :protocol :tcp)))
       (sb-bsd-sockets:socket-connect socket #(127 0 0 1) (read))
       "connected")
   (error () "refused")))
