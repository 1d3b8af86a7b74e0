module example.com/gr

go 1.25
