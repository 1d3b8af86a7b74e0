package main

import (
	"embed"
	"net/http"
)

//go:embed admin/dist
var admin embed.FS

func main() {
	http.Handle("/admin/", http.FileServerFS(admin))
	panic(http.ListenAndServe(":8080", http.FileServer(http.Dir("shop/dist"))))
}
