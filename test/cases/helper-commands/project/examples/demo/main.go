package main

func main() {
	println("demo")
}
