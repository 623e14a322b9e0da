total <- 0
total <- total total
print(total)
