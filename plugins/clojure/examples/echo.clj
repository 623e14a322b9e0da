(doseq [argument *command-line-args*] (println argument))
(print (slurp *in*))
(flush)
