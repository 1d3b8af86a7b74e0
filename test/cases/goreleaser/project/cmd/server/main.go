package main

import "fmt"

var version, builtBy, title, name string

func main() { fmt.Println(version, builtBy, title, name, tagged) }
