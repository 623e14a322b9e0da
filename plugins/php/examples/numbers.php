<?php
$numbers = array_map('intval', preg_split('/\s+/', stream_get_contents(STDIN), -1, PREG_SPLIT_NO_EMPTY));
sort($numbers);
echo array_sum($numbers), "\n";
echo implode(' ', $numbers), "\n";
