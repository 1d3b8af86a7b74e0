// Guestbook shows what visitors wrote. Its templates and static files are read from the working directory.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("guestbook: ")
	listen := flag.String("listen", ":8080", "address to listen on")
	flag.Parse()

	book, err := openBook("templates")
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	log.Print("listening on ", listener.Addr())

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	server := &http.Server{Handler: routes(book, "static"), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		log.Fatal(err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		log.Fatal(err)
	}
}

func routes(book *Book, static string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", book.show)
	mux.HandleFunc("POST /{$}", book.sign)
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServer(http.Dir(static))))
	return mux
}
