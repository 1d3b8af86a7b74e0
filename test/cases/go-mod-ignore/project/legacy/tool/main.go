package main

func main() {
	println("old")
}
