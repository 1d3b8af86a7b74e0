package main

import (
	"flag"
	"net/http"
	_ "net/http/pprof"
)

// http.ListenAndServe(":1111", nil) is what it was.
func main() {
	addr := flag.String("listen-addr", ":9898", "where to listen")
	redis := flag.String("redis-addr", "redis:6379", "a database")
	flag.Parse()
	go func() { panic(http.ListenAndServe("localhost:6060", nil)) }()
	go func() { panic(http.ListenAndServe(":9797", metrics(*redis))) }()
	panic(http.ListenAndServe(*addr, nil))
}
