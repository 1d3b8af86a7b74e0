package main

import (
	"net/http"

	"example.com/app/server"
)

func main() {
	panic(http.ListenAndServe(":8080", server.Handler("/")))
}
