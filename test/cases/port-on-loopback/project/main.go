package main

import "net/http"

func main() { panic(http.ListenAndServe("localhost:4000", nil)) }
