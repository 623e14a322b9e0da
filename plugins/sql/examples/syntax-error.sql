CREATE TABLE numbers (value INTEGER);
SELEC value FROM numbers;
