<?php
while (true) {
    echo str_repeat('all work and no play', 50), "\n";
}
