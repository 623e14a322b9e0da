while (my $path = <STDIN>) {
    chomp $path;
    print open(my $file, '>', $path) ? "written\n" : "refused\n";
}
