package server

import "net/http"

var test = http.Server{Addr: ":7777"}
