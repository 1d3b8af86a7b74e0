package main

func main() {
	println("lint")
}
