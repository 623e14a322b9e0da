puts total
