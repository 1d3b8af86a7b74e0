// Hello-web answers over HTTP with nothing but the standard library.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx, net.JoinHostPort("", port())); err != nil {
		log.Fatal("hello-web: ", err)
	}
}

// run serves until ctx is done, then lets requests in flight finish.
func run(ctx context.Context, addr string) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	log.Print("listening on ", listener.Addr())
	server := &http.Server{Handler: handler(), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return server.Shutdown(grace)
}

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "Hello from hello-web")
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("GET /about", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, about())
	})
	return mux
}

// About says where the program runs: the first thing to ask of a container that surprises.
type About struct {
	Go       string `json:"go"`
	Platform string `json:"platform"`
	Hostname string `json:"hostname"`
	Folder   string `json:"folder"`
	UID      int    `json:"uid"`
	GID      int    `json:"gid"`
}

func about() About {
	// Both are empty where they cannot be known, which is an answer too.
	hostname, _ := os.Hostname()
	folder, _ := os.Getwd()
	return About{
		Go:       runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Hostname: hostname,
		Folder:   folder,
		UID:      os.Getuid(),
		GID:      os.Getgid(),
	}
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Print("write answer: ", err)
	}
}

func port() string {
	if port := os.Getenv("PORT"); port != "" {
		return port
	}
	return "8080"
}
