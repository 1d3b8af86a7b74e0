// Says what it was built with, and how it was started: a line each.
package main

import (
	"os"
	"runtime"
	"strconv"
)

var version = "unset"

func main() {
	folder, _ := os.Getwd()
	os.Stdout.WriteString("go " + runtime.Version() + "\n")
	os.Stdout.WriteString("version " + version + "\n")
	os.Stdout.WriteString("folder " + folder + "\n")
	os.Stdout.WriteString("program " + os.Args[0] + "\n")
	for _, argument := range os.Args[1:] {
		os.Stdout.WriteString("argument " + strconv.Quote(argument) + "\n")
	}
	for _, name := range []string{"PORT", "TZ", "GOMAXPROCS"} {
		os.Stdout.WriteString(name + " " + os.Getenv(name) + "\n")
	}
}
