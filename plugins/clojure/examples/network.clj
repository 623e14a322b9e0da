(println
  (try
    (java.net.Socket. "127.0.0.1" (Integer/parseInt (read-line)))
    "connected"
    (catch java.io.IOException _ "refused")))
