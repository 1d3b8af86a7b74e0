package main

import (
	"example.com/lib"
	"example.org/known"
	"example.org/missing/part"
	"example.org/replaced"
)

func main() { println(lib.X, known.X, part.X, replaced.X) }
