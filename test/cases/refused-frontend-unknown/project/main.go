package main

import _ "example.com/app/internal/ui"

func main() { println() }
