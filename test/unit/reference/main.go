// Fills in the tables beside it: what Go, BuildKit and moby/patternmatcher themselves make of an input. The unit tests
// compare our readers with the tables, so that they need neither Go nor a network. After adding a row:
//
//	cd test/unit/reference && go run .
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

func main() {
	if len(os.Args) > 1 {
		answer(os.Args[1])
		return
	}
	fill("go-mod.json", readGoMod)
	fill("go-work.json", readGoWork)
	fill("go-files.json", readGoFile)
	fill("versions.json", compareVersions)
	fill("program-names.json", nameProgram)
	fill("package-patterns.json", matchPackages)
	fill("ignored-folders.json", listIgnored)
	fill("go-sums.json", missSums)
	fill("file-patterns.json", matchFiles)
	fill("dockerfiles.json", readDockerfile)
}

// answer fills in rows of standard input, for inputs that a test makes up: go run . dockerfiles <rows.json
func answer(table string) {
	input, err := io.ReadAll(os.Stdin)
	check(err)
	var output []byte
	switch table {
	case "dockerfiles":
		output = compute(input, readDockerfile)
	case "file-patterns":
		output = compute(input, matchFiles)
	default:
		check(fmt.Errorf("no table %q", table))
	}
	_, err = os.Stdout.Write(output)
	check(err)
}

// fill rewrites a table, a list of rows whose other fields are the input.
func fill[Row any](file string, read func(*Row)) {
	text, err := os.ReadFile(file)
	check(err)
	output := compute(text, read)
	check(os.WriteFile(file, output, 0o644))
	fmt.Fprintln(os.Stdout, file, bytes.Count(output, []byte("\n  {\n")))
}

func compute[Row any](text []byte, read func(*Row)) []byte {
	var rows []*Row
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	check(decoder.Decode(&rows))
	for _, row := range rows {
		read(row)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	check(encoder.Encode(rows))
	return out.Bytes()
}

func check(err error) {
	if err != nil && err != io.EOF {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
