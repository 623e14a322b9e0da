use strict;
print "before\n";
my %table = (a => 1);
die "no such key" unless exists $table{b};
