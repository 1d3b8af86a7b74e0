package main

import _ "git.example.com/acme/secret"

func main() { println("hello") }
