// Migrate brings orders that an older release wrote to the present form. It may run any number of times.
package main

import (
	"log"

	"example.com/orders/internal/orders"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("migrate: ")
	store, err := orders.Open()
	if err != nil {
		log.Fatal(err)
	}
	// Orders had no status before there was a worker.
	migrated, err := store.Change(func(order *orders.Order) {
		if order.Status == "" {
			order.Status = orders.New
		}
	})
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("migrated %d orders in %s", migrated, store.Folder)
}
