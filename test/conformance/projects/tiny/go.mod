module github.com/user/myapp

go 1.25
