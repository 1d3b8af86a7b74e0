// Does not compile without the file that the hook before the build writes.
package main

import "os"

func main() {
	os.Stdout.WriteString(generated + "\n")
	for _, name := range []string{"made-before.txt", "made-after.txt"} {
		text, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		os.Stdout.Write(text)
	}
}
