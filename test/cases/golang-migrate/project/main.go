package main

import (
	"log"

	"github.com/golang-migrate/migrate/v4"
	_ "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	_ "github.com/golang-migrate/migrate/v4/source/file"
)

func main() {
	if _, err := migrate.New("file://migrations", "pgx5://localhost/shop"); err != nil {
		log.Fatal(err)
	}
}
