package main

import "fmt"

var version, builtBy, name string

func main() { fmt.Println(version, builtBy, name, tagged) }
