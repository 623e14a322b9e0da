use strict;

sub depth {
    my ($level) = @_;
    return 1 + depth($level + 1);
}

print depth(0), "\n";
