(defn add [left right]
  (+ left right)
