(let [words (re-seq #"\S+" (slurp *in*))
      numbers (sort (map #(Long/parseLong %) words))]
  (println (reduce + numbers))
  (println (clojure.string/join " " numbers)))
