//go:build enterprise && linux

package main

func main() {
	println("tagged")
}
