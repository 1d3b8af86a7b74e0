package main

func main() {
	println("admin")
}
