package main

import "os"

func main() {
	os.Stdout.WriteString("worker\n")
	for _, argument := range os.Args[1:] {
		os.Stdout.WriteString("argument " + argument + "\n")
	}
}
