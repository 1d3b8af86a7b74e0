package main

func main() {
	println("p")
}
