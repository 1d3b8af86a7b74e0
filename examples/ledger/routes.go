package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"strconv"
)

func routes(books *Books) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /balances", func(w http.ResponseWriter, r *http.Request) {
		balances, err := books.Balances(r.Context())
		if err != nil {
			unavailable(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(balances); err != nil {
			log.Print("write answer: ", err)
		}
	})
	mux.HandleFunc("POST /entries", func(w http.ResponseWriter, r *http.Request) {
		account := r.FormValue("account")
		cents, err := strconv.ParseInt(r.FormValue("cents"), 10, 64)
		if account == "" || err != nil {
			http.Error(w, "account and cents are wanted", http.StatusUnprocessableEntity)
			return
		}
		if err := books.Add(r.Context(), account, cents); err != nil {
			unavailable(w, err)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})
	return mux
}

func unavailable(w http.ResponseWriter, err error) {
	log.Print(err)
	http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
}
