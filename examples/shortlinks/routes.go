package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func routes(links *Links) http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer)
	r.Get("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%d links\n", links.Count())
	})
	r.Get("/healthz", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	r.Post("/links", func(w http.ResponseWriter, r *http.Request) {
		create(links, w, r)
	})
	r.Get("/{id}", func(w http.ResponseWriter, r *http.Request) {
		target, ok := links.Find(chi.URLParam(r, "id"))
		if !ok {
			http.Error(w, "no such link", http.StatusNotFound)
			return
		}
		http.Redirect(w, r, target, http.StatusFound)
	})
	return r
}

func create(links *Links, w http.ResponseWriter, r *http.Request) {
	var request struct {
		URL string `json:"url"`
	}
	body := http.MaxBytesReader(w, r.Body, 1<<16)
	if err := json.NewDecoder(body).Decode(&request); err != nil {
		http.Error(w, "expected JSON like {\"url\": \"https://example.com\"}", http.StatusBadRequest)
		return
	}
	target, err := url.Parse(request.URL)
	if err != nil || target.Host == "" || (target.Scheme != "http" && target.Scheme != "https") {
		http.Error(w, "url must be an absolute http or https URL", http.StatusUnprocessableEntity)
		return
	}
	id, err := links.Add(target.String())
	if err != nil {
		log.Print(err)
		http.Error(w, "the link could not be stored", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	if err := json.NewEncoder(w).Encode(map[string]string{"id": id}); err != nil {
		log.Print("write answer: ", err)
	}
}
