use strict;
use IO::Socket::INET;

chomp(my $port = <STDIN>);
my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Proto => 'tcp', Timeout => 2);
print $socket ? "connected\n" : "refused\n";
