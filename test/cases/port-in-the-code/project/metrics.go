package main

import "net/http"

func metrics(string) http.Handler { return http.NotFoundHandler() }
