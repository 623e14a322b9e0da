<?php
for ($i = 0; $i < 100; $i++) {
    $child = pcntl_fork();
    if ($child === -1) {
        exit(1);
    }
    if ($child === 0) {
        sleep(60);
        exit(0);
    }
}
