package main

import (
	"fmt"

	"example.com/money"
)

func main() {
	fmt.Println(money.Euro(3))
}
