package main

import (
	"fmt"
	"os"
)

func main() {
	text, err := os.ReadFile("/etc/shop/config.yaml")
	if err != nil {
		panic(err)
	}
	fmt.Print(string(text))
}
