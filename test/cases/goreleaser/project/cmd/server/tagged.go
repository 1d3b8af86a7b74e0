//go:build special

package main

var tagged = "tagged"
