<?php
while (($path = fgets(STDIN)) !== false) {
    echo @fopen(trim($path), 'w') ? "written\n" : "refused\n";
}
