module github.com/user/migrate

go 1.25

require github.com/golang-migrate/migrate/v4 v4.18.3

require (
	github.com/go-sql-driver/mysql v1.5.0 // indirect
	github.com/hashicorp/errwrap v1.1.0 // indirect
	github.com/hashicorp/go-multierror v1.1.1 // indirect
	go.uber.org/atomic v1.7.0 // indirect
)
