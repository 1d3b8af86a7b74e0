create table c (d int);
