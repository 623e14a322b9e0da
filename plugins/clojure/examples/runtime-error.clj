(defn share [total count]
  (quot total count))

(println "before")
(println (share 1 (count *command-line-args*)))
