// Puts environment variables into its arguments and becomes the program that the first one names.
package main

import (
	"os"
	"regexp"
	"strings"
	"syscall"
)

// A dollar sign, quotes around nothing, a quoted expansion in braces, or an unquoted one in brackets;
// expansions with an optional default.
var reference = regexp.MustCompile("\\$(?:\\$|''|\\{([A-Za-z_]\\w*)(:?-[^}]*)?\\}|\\[([A-Za-z_]\\w*)(:?-[^\\]]*)?\\])")

func main() {
	var args []string
	for _, template := range os.Args[1:] {
		args = append(args, expand(template)...)
	}
	if len(args) == 0 {
		fail("nothing to run")
	}
	path := find(args[0])
	fail(path + ": " + syscall.Exec(path, args, os.Environ()).Error())
}

// expand gives the words that a template stands for: one, but for unquoted expansions, which are split at blanks.
func expand(template string) []string {
	var words []string
	word, started, end := "", template == "", 0
	finish := func() {
		if started {
			words = append(words, word)
		}
		word, started = "", false
	}
	add := func(text string) {
		word += text
		started = true
	}
	for _, at := range reference.FindAllStringSubmatchIndex(template, -1) {
		if end < at[0] {
			add(template[end:at[0]])
		}
		end = at[1]
		switch {
		case at[2] >= 0:
			add(value(template, at[2:6]))
		case at[6] >= 0:
			// By bytes: a value may hold any.
			for _, b := range []byte(value(template, at[6:10])) {
				if strings.IndexByte(" \t\n", b) >= 0 {
					finish()
				} else {
					add(string([]byte{b}))
				}
			}
		case at[1]-at[0] == len("$''"):
			add("")
		default:
			add("$")
		}
	}
	if end < len(template) {
		add(template[end:])
	}
	finish()
	return words
}

// value gives a variable, or its default: of ":-" also where it is empty, of "-" only where it is not set.
func value(template string, at []int) string {
	text, there := os.LookupEnv(template[at[0]:at[1]])
	if at[2] < 0 {
		return text
	}
	otherwise := template[at[2]:at[3]]
	if strings.HasPrefix(otherwise, ":") {
		there = text != ""
		otherwise = otherwise[1:]
	}
	if there {
		return text
	}
	return otherwise[1:]
}

func find(name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	for _, folder := range strings.Split(os.Getenv("PATH"), ":") {
		path := folder + "/" + name
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return path
		}
	}
	fail(name + ": not found on PATH")
	return ""
}

func fail(message string) {
	os.Stderr.WriteString("launch: " + message + "\n")
	os.Exit(127)
}
