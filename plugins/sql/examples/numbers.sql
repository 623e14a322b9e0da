CREATE TABLE input (text TEXT);
.mode ascii
.separator "\037" "\036"
.import |cat input
.mode list
CREATE TABLE numbers (value INTEGER);

WITH RECURSIVE words(word, rest) AS (
    SELECT '', replace(text, char(10), ' ') || ' ' FROM input
    UNION ALL
    SELECT substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM words WHERE rest <> ''
)
INSERT INTO numbers SELECT word FROM words WHERE word <> '';

SELECT sum(value) FROM numbers;
SELECT group_concat(value, ' ') FROM (SELECT value FROM numbers ORDER BY value);
