package main

func main() {
	// to be written
}
