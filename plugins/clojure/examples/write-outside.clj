(doseq [path (line-seq (java.io.BufferedReader. *in*))]
  (println
    (try
      (spit path "x")
      "written"
      (catch java.io.IOException _ "refused"))))
