my $total = 0;
for my $value (1, 2) {
    $total += $value;
print "$total\n";
