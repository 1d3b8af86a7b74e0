//go:build js && wasm

package main

import "log"

func main() {
	log.Println("web")
}
