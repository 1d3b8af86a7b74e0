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

// fill rewrites a table, a list of rows whose other fields are the input.
func fill[Row any](file string, compute func(*Row)) {
	text, err := os.ReadFile(file)
	check(err)
	var rows []*Row
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	check(decoder.Decode(&rows))
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	for _, row := range rows {
		compute(row)
	}
	check(encoder.Encode(rows))
	check(os.WriteFile(file, out.Bytes(), 0o644))
	fmt.Fprintln(os.Stdout, file, len(rows))
}

func check(err error) {
	if err != nil && err != io.EOF {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
