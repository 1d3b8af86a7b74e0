import { compileFlags } from "./go-command.js"
import type { GoVersion } from "./go-version.js"
import type { Mount, Step } from "./types.js"

const folder = "/vendor-check"

/**
 * Compares vendor/ with the modules that it was copied from, file by file. `go mod verify` does not look at vendor/
 * (golang/go#27348), so that a changed file there is built without a word. What the modules themselves are, go.sum says:
 * the go command checks it when it downloads them.
 *
 * Depends on go.mod, go.sum and vendor/ alone: an edit of the source does not run it again.
 */
export function checkVendor(sourcePath: string, mounts: Mount[]): Step[] {
  return [
    // A module of its own: the go command must not take the project for its main module here.
    { type: "working-directory", path: folder },
    { type: "file", path: `${folder}/go.mod`, content: "module vendorcheck\n", mode: 0o644 },
    { type: "file", path: `${folder}/main.go`, content: vendorCheckProgram, mode: 0o644 },
    { type: "run", args: ["go", "run", ...compileFlags, ".", sourcePath], mounts },
  ]
}

/** The program is written for the standard library of Go 1.16. */
export function canCheckVendor({ minor }: GoVersion): boolean {
  return minor === undefined || minor >= 16
}

/** Exported for its tests. */
export const vendorCheckProgram = String.raw`// Checks that each file in vendor/ is the one that its module has.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
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
	vendor := filepath.Join(root, "vendor")
	modules := readModules(filepath.Join(vendor, "modules.txt"))
	if reason := locate(root, modules); reason != "" {
		fmt.Println("vendor/ could not be checked against its modules, and is used as it is: " + reason)
		return
	}
	problems := compare(vendor, modules)
	for _, problem := range problems {
		fmt.Println(problem)
	}
	if len(problems) > 0 {
		fmt.Println("vendor/ is not what go.mod and go.sum say. \"go mod vendor\" writes it anew.")
		os.Exit(1)
	}
	fmt.Printf("vendor/ is what go.mod and go.sum say: %d modules checked\n", len(modules))
}

// readModules reads lines such as "# example.com/a v1.2.3" and "# example.com/a v1.2.3 => example.com/b v1.0.0".
func readModules(file string) []*module {
	text, err := os.ReadFile(file)
	check(err)
	var modules []*module
	scanner := bufio.NewScanner(bytes.NewReader(text))
	for scanner.Scan() {
		fields := strings.Fields(scanner.Text())
		if len(fields) < 3 || fields[0] != "#" {
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
	sort.Slice(modules, func(i, j int) bool { return len(modules[i].path) > len(modules[j].path) })
	return modules
}

// locate has the go command find or download the modules. It gives the reason where that cannot be done.
func locate(root string, modules []*module) string {
	args := []string{"mod", "download", "-json"}
	byOrigin := map[string]*module{}
	for _, each := range modules {
		if each.origin != "" {
			args = append(args, each.origin)
			byOrigin[each.origin] = each
		}
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
		if each := byOrigin[found.Path+"@"+found.Version]; each != nil {
			each.dir = found.Dir
		}
	}
	for origin, each := range byOrigin {
		if each.dir == "" {
			return origin + " cannot be downloaded"
		}
	}
	return ""
}

func compare(vendor string, modules []*module) []string {
	var problems []string
	check(filepath.WalkDir(vendor, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(vendor, path)
		if err != nil || name == "modules.txt" {
			return err
		}
		owner := find(modules, filepath.ToSlash(name))
		switch {
		case owner == nil:
			problems = append(problems, "vendor/"+name+": belongs to no module of vendor/modules.txt")
		case owner.origin == "":
		default:
			original, err := os.ReadFile(filepath.Join(owner.dir, strings.TrimPrefix(filepath.ToSlash(name), owner.path+"/")))
			if os.IsNotExist(err) {
				problems = append(problems, "vendor/"+name+": "+owner.origin+" has no such file")
				return nil
			}
			check(err)
			vendored, err := os.ReadFile(path)
			check(err)
			if !bytes.Equal(original, vendored) {
				problems = append(problems, "vendor/"+name+": differs from "+owner.origin)
			}
		}
		return nil
	}))
	return problems
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
`
