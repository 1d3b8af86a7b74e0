package main

import _ "example.com/app/web"

func main() { println("app") }
