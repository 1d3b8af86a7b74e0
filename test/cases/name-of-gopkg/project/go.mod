module gopkg.in/acme/shop.v3

go 1.25
