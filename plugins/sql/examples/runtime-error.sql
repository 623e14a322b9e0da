CREATE TABLE shares (total INTEGER, count INTEGER CHECK (count > 0));
INSERT INTO shares VALUES (10, 2);
INSERT INTO shares VALUES (1, 0);
SELECT total / count FROM shares;
