<?php
function share(int $total, int $count) {
    return intdiv($total, $count);
}

echo "before\n";
echo share(1, 0), "\n";
