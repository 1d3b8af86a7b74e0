module example.com/sg

go 1.25
