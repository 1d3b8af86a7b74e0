package server

import "net/http"

func Run() {
	server := &http.Server{
		Addr: ":7000",
	}
	panic(server.ListenAndServe())
}
