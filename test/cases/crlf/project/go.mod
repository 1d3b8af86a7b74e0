module example.com/shop

// +heroku install ./cmd/api
go 1.24.1

require (
	github.com/google/uuid v1.6.0
)
