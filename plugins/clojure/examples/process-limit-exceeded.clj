(dotimes [_ 200]
  (doto (Thread. #(Thread/sleep 60000)) (.setDaemon true) (.start)))
