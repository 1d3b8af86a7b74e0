module github.com/acme/shop/backend

go 1.25
