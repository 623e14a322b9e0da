<?php
function depth($level) {
    return 1 + depth($level + 1);
}

echo depth(0), "\n";
