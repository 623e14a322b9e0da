<?php
foreach (array_slice($argv, 1) as $argument) {
    echo $argument, "\n";
}
while (($line = fgets(STDIN)) !== false) {
    echo $line;
}
