// A program that serves a page which is built, and one that it reads at run time.
package main

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"os"
)

//go:embed all:ui/dist
var files embed.FS

func main() {
	dist, err := fs.Sub(files, "ui/dist")
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/docs", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, "docs/build/index.html")
	})
	http.Handle("/", http.FileServer(http.FS(dist)))
	fmt.Println("listening")
	panic(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
