module "github.com/acme/shop" // the shop

go 1.25
