package main

import (
	"embed"
	"net/http"
)

//go:embed public
var files embed.FS

func main() {
	panic(http.ListenAndServe(":8080", http.FileServerFS(files)))
}
