CREATE TABLE kept (value BLOB);
WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter)
INSERT INTO kept SELECT randomblob(100000) FROM counter;
