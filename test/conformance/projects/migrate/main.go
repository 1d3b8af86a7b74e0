// Has its migrations run by the migrate command that lies beside it.
package main

import (
	"os"

	_ "github.com/golang-migrate/migrate/v4/database/mysql"
)

func main() {
	os.Stdout.WriteString("started\n")
}
