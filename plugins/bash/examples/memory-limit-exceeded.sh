# In the plain locale no byte is looked at twice.
LC_ALL=C
for ((i = 0; ; i++)); do
    printf -v "kept$i" '%050000000d' 1
done
