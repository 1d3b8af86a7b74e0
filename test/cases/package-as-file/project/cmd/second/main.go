package main

func main() {
	println("second")
}
