module example.com/partly

go 1.25.3
