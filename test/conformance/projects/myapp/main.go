// Reads a file beside it, and uses a package of another module and one of its own.
package main

import (
	"os"
	"runtime/debug"
	"strings"

	"github.com/google/shlex"

	"github.com/user/myapp/internal/stamp"
)

func main() {
	page, err := os.ReadFile("static/page.txt")
	if err != nil {
		panic(err)
	}
	words, _ := shlex.Split("one 'and two'")
	os.Stdout.WriteString("page " + string(page))
	os.Stdout.WriteString("words " + strings.Join(words, ",") + "\n")
	os.Stdout.WriteString("stamp " + stamp.Text + "\n")
	info, _ := debug.ReadBuildInfo()
	for _, setting := range info.Settings {
		os.Stdout.WriteString(setting.Key + " " + setting.Value + "\n")
	}
}
