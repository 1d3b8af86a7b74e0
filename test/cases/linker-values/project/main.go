package main

var version, motto string

func main() { println(version, motto) }
