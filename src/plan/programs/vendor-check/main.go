// Checks that each file in vendor/ that the compiler sees is the one that its module has.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// A module as vendor/modules.txt names it.
type module struct {
	path   string // what it is imported as, and its folder in vendor
	origin string // path@version of what it was copied from
	dir    string // where that is now
}

func main() {
	root := os.Args[1]
	onlyWarn := len(os.Args) > 2 && os.Args[2] == "warn"
	vendor := filepath.Join(root, "vendor")
	modules := readModules(filepath.Join(vendor, "modules.txt"))
	made := madeBy(filepath.Join(vendor, "modules.txt"))
	if reason := locate(root, modules); reason != "" {
		fmt.Println("note: vendor/ could not be checked against its modules, and is used as it is: " + reason)
		return
	}
	found := compare(vendor, modules)
	if found.lineEnds > 0 {
		fmt.Printf("note: vendor/: files that differ from their modules in line ends alone (CRLF, as Git writes them with core.autocrlf): %d\n", found.lineEnds)
	}
	if len(found.problems) == 0 {
		fmt.Printf("vendor/ is what go.mod and go.sum say: %d modules checked\n", len(modules))
		return
	}
	prefix := ""
	if onlyWarn {
		prefix = "note: "
	}
	for _, problem := range found.problems {
		fmt.Println(prefix + problem)
	}
	if onlyWarn {
		return
	}
	fmt.Printf("vendor/ is not what go.mod and go.sum say. \"go %s vendor\" writes it again.\n", made)
	fmt.Println("Where it is changed on purpose, --vendor-check warn or off builds it as it is.")
	os.Exit(1)
}

// madeBy is what "go mod vendor", or "go work vendor", says of itself.
func madeBy(file string) string {
	text, err := os.ReadFile(file)
	check(err)
	if bytes.HasPrefix(text, []byte("## workspace")) {
		return "work"
	}
	return "mod"
}

// readModules reads lines such as "# example.com/a v1.2.3" and "# example.com/a v1.2.3 => example.com/b v1.0.0".
func readModules(file string) []*module {
	text, err := os.ReadFile(file)
	check(err)
	var modules []*module
	scanner := bufio.NewScanner(bytes.NewReader(text))
	for scanner.Scan() {
		fields := strings.Fields(scanner.Text())
		// "# example.com/a => example.com/b v1.0.0" repeats what go.mod replaces, whatever is used of it.
		if len(fields) < 3 || fields[0] != "#" || fields[2] == "=>" {
			continue
		}
		found := &module{path: fields[1], origin: fields[1] + "@" + fields[2]}
		for i, field := range fields {
			if field != "=>" {
				continue
			}
			// A folder has no version; what is in it is part of the project.
			found.origin = strings.Join(fields[i+1:], "@")
			if len(fields) == i+2 {
				found.origin = ""
			}
		}
		modules = append(modules, found)
	}
	check(scanner.Err())
	// The longest path first: a module may lie in the folder of another one.
	sort.SliceStable(modules, func(i, j int) bool { return len(modules[i].path) > len(modules[j].path) })
	return modules
}

// locate has the go command find or download the modules. It gives the reason where that cannot be done.
func locate(root string, modules []*module) string {
	args := []string{"mod", "download", "-json"}
	byOrigin := map[string][]*module{}
	for _, each := range modules {
		if each.origin == "" {
			continue
		}
		// Two modules may be replaced by the same one.
		if byOrigin[each.origin] == nil {
			args = append(args, each.origin)
		}
		byOrigin[each.origin] = append(byOrigin[each.origin], each)
	}
	if len(byOrigin) == 0 {
		return ""
	}
	command := exec.Command("go", args...)
	command.Dir = root
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod")
	output, _ := command.Output()
	decoder := json.NewDecoder(bytes.NewReader(output))
	for {
		var found struct{ Path, Version, Dir, Error string }
		if decoder.Decode(&found) != nil {
			break
		}
		if strings.Contains(found.Error, "checksum mismatch") || strings.Contains(found.Error, "SECURITY ERROR") {
			fmt.Println(found.Error)
			os.Exit(1)
		}
		if found.Error != "" {
			return found.Error
		}
		for _, each := range byOrigin[found.Path+"@"+found.Version] {
			each.dir = found.Dir
		}
	}
	for origin, those := range byOrigin {
		if those[0].dir == "" {
			return origin + " cannot be downloaded"
		}
	}
	return ""
}

type differences struct {
	problems []string
	lineEnds int // files that differ in nothing else
}

func compare(vendor string, modules []*module) differences {
	var found differences
	embeds := map[string]bool{}
	check(filepath.WalkDir(vendor, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(vendor, file)
		name := filepath.ToSlash(relative)
		if err != nil || name == "modules.txt" {
			return err
		}
		owner := find(modules, name)
		problem := ""
		switch {
		case owner == nil:
			problem = "belongs to no module of vendor/modules.txt"
		case owner.origin == "":
			return nil
		default:
			vendored, err := os.ReadFile(file)
			check(err)
			original, err := os.ReadFile(filepath.Join(owner.dir, strings.TrimPrefix(name, owner.path+"/")))
			switch {
			case os.IsNotExist(err):
				problem = owner.origin + " has no such file"
			case err != nil:
				check(err)
			case bytes.Equal(original, vendored):
				return nil
			case bytes.Equal(withoutCR(original), withoutCR(vendored)):
				found.lineEnds++
				return nil
			default:
				problem = "differs from " + owner.origin
			}
		}
		if isCompiled(name) || isEmbedded(vendor, name, embeds) {
			found.problems = append(found.problems, "vendor/"+name+": "+problem)
		}
		return nil
	}))
	return found
}

func withoutCR(text []byte) []byte {
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// What go/build takes into a package: by its extension, but for tests and names that start with "_" or ".".
var compiled = regexp.MustCompile("[.](?:go|c|cc|cpp|cxx|m|h|hh|hpp|hxx|f|F|for|f90|s|S|sx|swig|swigcxx|syso|a)$")

func isCompiled(name string) bool {
	base := path.Base(name)
	return compiled.MatchString(base) && !strings.HasSuffix(base, "_test.go") && base[0] != '_' && base[0] != '.'
}

// isEmbedded says whether a package at the file's folder or above it embeds files: which ones is not looked at.
func isEmbedded(vendor, name string, known map[string]bool) bool {
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		embeds, seen := known[folder]
		if !seen {
			files, _ := filepath.Glob(filepath.Join(vendor, filepath.FromSlash(folder), "*.go"))
			for _, file := range files {
				text, err := os.ReadFile(file)
				check(err)
				embeds = embeds || bytes.Contains(text, []byte("//go:embed"))
			}
			known[folder] = embeds
		}
		if embeds {
			return true
		}
	}
	return false
}

func find(modules []*module, name string) *module {
	for _, each := range modules {
		if strings.HasPrefix(name, each.path+"/") {
			return each
		}
	}
	return nil
}

func check(err error) {
	if err != nil {
		fmt.Println("vendor check: " + err.Error())
		os.Exit(1)
	}
}
