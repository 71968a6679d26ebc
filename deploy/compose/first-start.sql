-- Run once, by the image of PostgreSQL, when its folder is empty: the sealed audit has a database of its own.
CREATE DATABASE bersinar_audit OWNER bersinar;
