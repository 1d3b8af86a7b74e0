package main

var version = "1.4.2"

func main() { println(version) }
