module example.com/store/demo

go 1.26
