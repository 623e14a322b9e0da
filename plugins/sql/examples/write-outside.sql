CREATE TABLE input (text TEXT);
.mode ascii
.separator "\037" "\036"
.import |cat input
.mode list
WITH RECURSIVE paths(path, rest) AS (
    SELECT '', text FROM input
    UNION ALL
    SELECT substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1) FROM paths
    WHERE rest <> ''
)
SELECT iif(writefile(path, 'x') IS NULL, 'refused', 'written') FROM paths WHERE path <> '';
