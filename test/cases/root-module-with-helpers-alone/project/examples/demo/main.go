package main

func main() { println("examples/demo") }
