// Idgen hands out identifiers over HTTP: random UUIDs, UUIDs and ULIDs that sort by time.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/google/uuid"
	"github.com/oklog/ulid/v2"
)

// maxCount bounds what one request may ask for.
const maxCount = 1000

var generators = map[string]func() (string, error){
	"uuid4": func() (string, error) {
		id, err := uuid.NewRandom()
		return id.String(), err
	},
	"uuid7": func() (string, error) {
		id, err := uuid.NewV7()
		return id.String(), err
	},
	"ulid": func() (string, error) {
		return ulid.Make().String(), nil
	},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("idgen: ")
	listener, err := net.Listen("tcp", net.JoinHostPort("", port()))
	if err != nil {
		log.Fatal(err)
	}
	log.Print("listening on ", listener.Addr())

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	server := &http.Server{Handler: routes(), ReadHeaderTimeout: 5 * time.Second}
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

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /{kind}", generate)
	return mux
}

func generate(w http.ResponseWriter, r *http.Request) {
	generator, ok := generators[r.PathValue("kind")]
	if !ok {
		http.Error(w, "ask for /uuid4, /uuid7 or /ulid", http.StatusNotFound)
		return
	}
	count := 1
	if text := r.FormValue("count"); text != "" {
		var err error
		if count, err = strconv.Atoi(text); err != nil || count < 1 || count > maxCount {
			http.Error(w, fmt.Sprintf("count must be 1 to %d", maxCount), http.StatusBadRequest)
			return
		}
	}
	for range count {
		id, err := generator()
		if err != nil {
			log.Print(err)
			http.Error(w, "no identifier could be made", http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, id)
	}
}

func port() string {
	if port := os.Getenv("PORT"); port != "" {
		return port
	}
	return "8080"
}
