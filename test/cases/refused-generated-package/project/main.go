package main

import (
	"net/http"

	"example.com/app/docs"
)

//go:generate go run github.com/swaggo/swag/cmd/swag@v1.16.4 init

func main() {
	panic(http.ListenAndServe(":8080", docs.Handler()))
}
