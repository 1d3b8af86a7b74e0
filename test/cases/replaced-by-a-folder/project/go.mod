module example.com/shop

go 1.25

require example.com/money v0.0.0

replace example.com/money => ./libs/money
