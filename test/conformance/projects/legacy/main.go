// From before modules: what it imports lies in vendor/.
package main

import (
	"os"

	"example.com/greeting"
)

func main() {
	os.Stdout.WriteString(greeting.Text + "\n")
}
