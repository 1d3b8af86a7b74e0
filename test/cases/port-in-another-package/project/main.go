package main

import "example.com/app/internal/server"

func main() { server.Run() }
