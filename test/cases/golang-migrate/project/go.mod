module example.com/shop

go 1.25

require github.com/golang-migrate/migrate/v4 v4.18.1
