module example.com/starts

go 1.25
