package main

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const schema = `CREATE TABLE IF NOT EXISTS entries (
	id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account text   NOT NULL,
	cents   bigint NOT NULL
)`

// Books are the entries of all accounts.
type Books struct {
	pool *pgxpool.Pool

	mu       sync.Mutex
	hasTable bool
}

// Open does not connect: the database may start after the program, and go away for a while.
func Open(ctx context.Context, url string) (*Books, error) {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return nil, err
	}
	return &Books{pool: pool}, nil
}

// Close waits for what is under way.
func (b *Books) Close() { b.pool.Close() }

// Add writes an entry: what an account is owed, or owes when cents are below zero.
func (b *Books) Add(ctx context.Context, account string, cents int64) error {
	if err := b.makeTable(ctx); err != nil {
		return err
	}
	_, err := b.pool.Exec(ctx, "INSERT INTO entries (account, cents) VALUES ($1, $2)", account, cents)
	return err
}

// Balance is the sum of an account's entries.
type Balance struct {
	Account string `json:"account"`
	Cents   int64  `json:"cents"`
}

// Balances has every account that has entries, by name.
func (b *Books) Balances(ctx context.Context) ([]Balance, error) {
	if err := b.makeTable(ctx); err != nil {
		return nil, err
	}
	rows, err := b.pool.Query(ctx,
		"SELECT account, sum(cents)::bigint AS cents FROM entries GROUP BY account ORDER BY account")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Balance])
}

func (b *Books) makeTable(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hasTable {
		return nil
	}
	_, err := b.pool.Exec(ctx, schema)
	b.hasTable = err == nil
	return err
}
