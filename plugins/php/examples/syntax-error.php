<?php
$total = 0;
foreach ([1, 2] as $value) {
    $total += $value
}
echo $total, "\n";
