package main

import "example.com/app/views"

func main() { views.Page() }
