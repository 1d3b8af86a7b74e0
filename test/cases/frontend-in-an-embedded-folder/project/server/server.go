package server

import (
	"embed"
	"net/http"
)

//go:embed ui
var files embed.FS

// Handler serves the front end.
func Handler(webroot string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+webroot+"dist/", http.FileServerFS(files))
	return mux
}
