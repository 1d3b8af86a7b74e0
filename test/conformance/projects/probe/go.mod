module github.com/user/probe

go 1.25
