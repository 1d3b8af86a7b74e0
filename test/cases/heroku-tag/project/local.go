//go:build !heroku

package main

func main() {
	println("local")
}
