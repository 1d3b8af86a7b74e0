package main

func main() {
	println("gen")
}
