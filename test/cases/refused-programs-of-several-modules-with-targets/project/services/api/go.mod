module example.com/api

go 1.25

require example.com/lib v0.0.0
