package main

import (
	"example.com/common"
	"example.com/lib"
)

func main() { println(lib.Hi(), common.Name) }
