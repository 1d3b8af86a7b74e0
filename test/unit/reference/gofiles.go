package main

import (
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"path"
	"strings"
)

type goFileRow struct {
	About string   `json:"about"`
	File  string   `json:"file"`
	Text  string   `json:"text"`
	Tags  []string `json:"tags,omitempty"`
	// Name in the package clause.
	Package string `json:"package,omitempty"`
	// Architectures of linux for which the file takes part in a build; a few that tell all that matters.
	Architectures []string `json:"architectures"`
	// Go cannot tell, and says so.
	Refused string `json:"refused,omitempty"`
}

var architectures = []string{"386", "amd64", "arm", "arm64", "riscv64", "s390x"}

func readGoFile(row *goFileRow) {
	row.Package, row.Refused, row.Architectures = "", "", []string{}
	if file, err := parser.ParseFile(token.NewFileSet(), row.File, row.Text, parser.PackageClauseOnly); err == nil {
		row.Package = file.Name.Name
	}
	for _, arch := range architectures {
		context := build.Default
		context.GOOS, context.GOARCH, context.CgoEnabled, context.BuildTags = "linux", arch, false, row.Tags
		// The go command's own tags, such as amd64.v1, are of no concern here.
		context.ToolTags = nil
		context.OpenFile = func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(row.Text)), nil
		}
		matches, err := context.MatchFile("/project", path.Base(row.File))
		if err != nil {
			row.Refused = err.Error()
		}
		// MatchFile leaves the difference between a program and its tests to its callers.
		if matches && !strings.HasSuffix(row.File, "_test.go") {
			row.Architectures = append(row.Architectures, arch)
		}
	}
}
