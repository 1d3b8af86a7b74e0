package server

import "net/http"

func serveShop() error { return http.ListenAndServe(":7000", nil) }

func serveStock() error { return http.ListenAndServe(":7001", nil) }
