module example.com/store/server

go 1.26
