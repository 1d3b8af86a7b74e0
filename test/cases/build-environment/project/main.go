//go:build goexperiment.jsonv2

package main

func main() {
	println("a")
}
