// Worker ships new orders, one round a second.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/orders/internal/orders"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("worker: ")

	// Before anybody is told that it runs.
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	store, err := orders.Open()
	if err != nil {
		log.Fatal(err)
	}
	log.Print("waiting for orders in ", store.Folder)

	round := time.NewTicker(time.Second)
	defer round.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-round.C:
		}
		shipped, err := store.Change(func(order *orders.Order) { order.Status = orders.Shipped })
		if err != nil {
			log.Fatal(err)
		}
		if shipped > 0 {
			log.Printf("shipped %d orders", shipped)
		}
	}
}
