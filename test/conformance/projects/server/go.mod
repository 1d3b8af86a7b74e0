module github.com/user/server

go 1.25
