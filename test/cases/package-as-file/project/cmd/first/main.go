package main

func main() {
	println("first")
}
