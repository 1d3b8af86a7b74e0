package main

import (
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

type versionRow struct {
	// As in an image's tag and in a go line, without "go".
	Asked    string `json:"asked"`
	Required string `json:"required"`
	// Whether Go itself would refuse: https://go.dev/doc/toolchain#version
	IsOlder bool `json:"isOlder"`
}

func compareVersions(row *versionRow) {
	row.IsOlder = version.Compare("go"+row.Asked, "go"+row.Required) < 0
}

type programNameRow struct {
	Module  string `json:"module"`
	Package string `json:"package"`
	// Of the file that `go build -o folder/` writes.
	Name    string `json:"name,omitempty"`
	Refused string `json:"refused,omitempty"`
}

func nameProgram(row *programNameRow) {
	row.Name, row.Refused = "", ""
	folder := project(row.Module, row.Package)
	defer os.RemoveAll(folder)
	if message := run(folder, "go", "build", "-o", "out/", row.Package); message != "" {
		row.Refused = firstLine(strings.ReplaceAll(message, folder, "."))
		return
	}
	entries, err := os.ReadDir(filepath.Join(folder, "out"))
	check(err)
	row.Name = entries[0].Name()
}

type packagePatternRow struct {
	Pattern string `json:"pattern"`
	// Main packages that it matches in `tree`, sorted.
	Matches []string `json:"matches"`
	Refused string   `json:"refused,omitempty"`
}

var tree = []string{".", "./cmd", "./cmd/api", "./cmd/api-v2", "./cmd/tools/gen", "./cmd/worker", "./internal/x"}

func matchPackages(row *packagePatternRow) {
	row.Matches, row.Refused = []string{}, ""
	folder := project("example.com/shop", tree...)
	defer os.RemoveAll(folder)
	command := exec.Command("go", "list", "-f", "{{.ImportPath}}", row.Pattern)
	command.Dir = folder
	out, err := command.Output()
	if err != nil {
		row.Refused = firstLine(strings.ReplaceAll(string(err.(*exec.ExitError).Stderr), folder, "."))
		return
	}
	for _, path := range strings.Fields(string(out)) {
		path = "." + strings.TrimPrefix(path, "example.com/shop")
		row.Matches = append(row.Matches, path)
	}
	sort.Strings(row.Matches)
}

type ignoredFoldersRow struct {
	// Arguments of go.mod's ignore directives.
	Ignore []string `json:"ignore"`
	// Main packages of `ignoreTree` that ./... still matches, sorted.
	Matches []string `json:"matches"`
	Refused string   `json:"refused,omitempty"`
}

var ignoreTree = []string{".", "./a", "./a/b", "./a/b/c", "./ab", "./b", "./c/a/b", "./x.y"}

func listIgnored(row *ignoredFoldersRow) {
	row.Matches, row.Refused = []string{}, ""
	folder := project("example.com/shop", ignoreTree...)
	defer os.RemoveAll(folder)
	text := "module example.com/shop\n\ngo 1.25\n"
	for _, each := range row.Ignore {
		text += "\nignore " + each + "\n"
	}
	check(os.WriteFile(filepath.Join(folder, "go.mod"), []byte(text), 0o644))
	command := exec.Command("go", "list", "-f", "{{.ImportPath}}", "./...")
	command.Dir = folder
	out, err := command.Output()
	if err != nil {
		row.Refused = firstLine(strings.ReplaceAll(string(err.(*exec.ExitError).Stderr), folder, "."))
		return
	}
	for _, path := range strings.Fields(string(out)) {
		row.Matches = append(row.Matches, "."+strings.TrimPrefix(path, "example.com/shop"))
	}
	sort.Strings(row.Matches)
}

type goSumRow struct {
	About string            `json:"about"`
	Files map[string]string `json:"files"`
	// What `go build` says of go.sum; empty where it has nothing against it.
	Refused string `json:"refused,omitempty"`
}

func missSums(row *goSumRow) {
	row.Refused = ""
	folder, err := os.MkdirTemp("", "reference")
	check(err)
	defer os.RemoveAll(folder)
	for name, text := range row.Files {
		file := filepath.Join(folder, name)
		check(os.MkdirAll(filepath.Dir(file), 0o755))
		check(os.WriteFile(file, []byte(text), 0o644))
	}
	command := exec.Command("go", "build", "-o", os.DevNull, ".")
	command.Dir = folder
	command.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64")
	out, _ := command.CombinedOutput()
	for _, line := range strings.Split(string(out), "\n") {
		if strings.Contains(line, "missing go.sum entry") {
			row.Refused = strings.ReplaceAll(line, folder, ".")
			return
		}
	}
	// Another fault would make of the row a test of nothing.
	if len(out) > 0 {
		row.Refused = "not about go.sum: " + firstLine(strings.ReplaceAll(string(out), folder, "."))
	}
}

// project is a module in a folder of its own, with a main package in each of the folders.
func project(module string, packages ...string) string {
	folder, err := os.MkdirTemp("", "reference")
	check(err)
	check(os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module "+module+"\n\ngo 1.21\n"), 0o644))
	for _, each := range packages {
		check(os.MkdirAll(filepath.Join(folder, each), 0o755))
		check(os.WriteFile(filepath.Join(folder, each, "main.go"), []byte("package main\n\nfunc main() {}\n"), 0o644))
	}
	return folder
}

func run(folder, name string, args ...string) string {
	command := exec.Command(name, args...)
	command.Dir = folder
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "CGO_ENABLED=0")
	out, err := command.CombinedOutput()
	if err != nil {
		return string(out)
	}
	return ""
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
