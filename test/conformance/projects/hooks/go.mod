module github.com/user/hooks

go 1.25
