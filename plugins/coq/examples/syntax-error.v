Definition total : nat := 1 +.
