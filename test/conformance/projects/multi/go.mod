module github.com/user/multi

// +heroku install ./cmd/api ./cmd/worker

go 1.25
