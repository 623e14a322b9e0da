use strict;
use warnings;
my @words = split ' ', join ' ', <STDIN>;
my $count = shift @words;
my $total = 0;
for my $i (0 .. $count - 1) {
    $total += $words[$i];
}
print "$total\n";
