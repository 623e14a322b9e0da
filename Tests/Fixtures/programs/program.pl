# Weighs the numbers of its input.
use strict;
use warnings;

my $limit = 10;
my $start = 5;
my @steps = (4, 7);

sub weigh {
    my ($value, $factor) = @_;
    # The even ones count more.
    my $total = -$start;
    if ($value % 2 == 0 && $value < $limit) {
        $total += $value * $factor;
    } else {
        $total -= $value + $factor;
    }
    return $total;
}

my $line = <STDIN> // "";
my @numbers = split " ", $line;
my $result = 0;
for my $number (@numbers) {
    $result += weigh($number, $steps[0]);
}
print "result $result\n";
print "share ", $result / scalar(@numbers), "\n";
