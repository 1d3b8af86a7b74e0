package main

import (
	"log"
	"os"

	"example.com/shop/server"
)

func main() {
	log.Fatal(server.Serve(os.Getenv("SHOP_ADDRESS")))
}
