use strict;
use warnings;

my @numbers = sort { $a <=> $b } split ' ', join ' ', <STDIN>;
my $total = 0;
$total += $_ for @numbers;
print "$total\n@numbers\n";
