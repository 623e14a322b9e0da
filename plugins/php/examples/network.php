<?php
$socket = @stream_socket_client('tcp://127.0.0.1:' . trim(fgets(STDIN)), $code, $message, 2);
echo $socket ? "connected\n" : "refused\n";
