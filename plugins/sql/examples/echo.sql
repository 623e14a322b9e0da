CREATE TABLE input (text TEXT);
.mode ascii
.separator "\037" "\036"
.import |cat input
.mode list
SELECT text FROM input;
