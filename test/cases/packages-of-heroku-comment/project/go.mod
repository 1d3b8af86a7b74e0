module example.com/shop

go 1.23

// +heroku goVersion go1.24
// +heroku install ./cmd/api ./cmd/worker
