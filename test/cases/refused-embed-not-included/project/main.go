package main

import "embed"

//go:embed web/*.html conf.yaml
var web embed.FS

func main() { println(web) }
