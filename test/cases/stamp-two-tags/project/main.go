package main

import build "example.com/app/internal/version"

var (
	version = "dev"
	commit   = "none"
	date     = "unknown"
)

func main() { println(version, commit, date, build.Version) }
