// Package orders keeps orders as JSON files in one folder, shared by all commands.
package orders

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Status says how far an order is.
type Status string

const (
	New     Status = "new"
	Shipped Status = "shipped"
)

// Order is what a customer asked for.
type Order struct {
	ID     string `json:"id"`
	Item   string `json:"item"`
	Status Status `json:"status"`
}

// Store is a folder of orders.
type Store struct {
	Folder string
}

// Open opens the folder named by ORDERS_DIR, `data` by default, and creates it where it is missing.
func Open() (*Store, error) {
	folder := os.Getenv("ORDERS_DIR")
	if folder == "" {
		folder = "data"
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	return &Store{Folder: folder}, nil
}

// Create stores a new order.
func (s *Store) Create(item string) (Order, error) {
	order := Order{ID: strings.ToLower(rand.Text()), Item: item, Status: New}
	return order, s.Save(order)
}

// Save replaces an order's file in one step.
func (s *Store) Save(order Order) error {
	text, err := json.Marshal(order)
	if err != nil {
		return err
	}
	file := filepath.Join(s.Folder, order.ID+".json")
	if err := os.WriteFile(file+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// List returns all orders, sorted by identifier.
func (s *Store) List() ([]Order, error) {
	files, err := filepath.Glob(filepath.Join(s.Folder, "*.json"))
	if err != nil {
		return nil, err
	}
	orders := make([]Order, 0, len(files))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var order Order
		if err := json.Unmarshal(text, &order); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		orders = append(orders, order)
	}
	return orders, nil
}

// Change saves every order that the function changed, and returns how many there were.
func (s *Store) Change(change func(*Order)) (int, error) {
	orders, err := s.List()
	if err != nil {
		return 0, err
	}
	changed := 0
	for _, before := range orders {
		after := before
		if change(&after); after == before {
			continue
		}
		if err := s.Save(after); err != nil {
			return changed, err
		}
		changed++
	}
	return changed, nil
}
