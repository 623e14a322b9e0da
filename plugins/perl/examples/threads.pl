use strict;
use warnings;
use threads;
use threads::shared;

my $total : shared = 0;
my @workers = map {
    my $value = $_;
    threads->create(sub { lock($total); $total += $value });
} 1 .. 4;
$_->join for @workers;
print "$total\n";
