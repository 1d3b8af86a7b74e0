// +heroku goVersion go1.25
module example.com/shop

go 1.25
