package main

/*
static int twice(int n) { return n * 2; }
*/
import "C"

func main() { println(int(C.twice(21))) }
