(defn depth [level] (+ 1 (depth (inc level))))

(println (depth 0))
