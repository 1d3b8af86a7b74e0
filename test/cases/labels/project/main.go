// Command app serves the shop. It needs nothing.
package main

func main() { println() }
