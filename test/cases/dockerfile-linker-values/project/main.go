package main

var version, mode, region, node string

func main() { println(version, mode, region, node) }
