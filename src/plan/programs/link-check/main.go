// Checks that programs find in an image the loader, the libraries and the versions of them that they are linked to.
//
// link-check IMAGE ROOT LIBRARY-PATH FOLDER FILES [BUILT INSTALLED]...
//
// ROOT is where the image's base is mounted, empty where it has nothing; FOLDER is the image's folder of the project's own
// files, which are at FILES.
package main

import (
	"bytes"
	"debug/elf"
	"fmt"
	"io/ioutil"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// An image as it will be, before it is.
type image struct {
	name, root    string
	folder, files string
	libraryPath   []string
	folders       []string
}

func main() {
	if len(os.Args) < 6 {
		fail("usage: link-check IMAGE ROOT LIBRARY-PATH FOLDER FILES [BUILT INSTALLED]...")
	}
	i := &image{name: os.Args[1], root: os.Args[2], folder: os.Args[4], files: os.Args[5]}
	i.libraryPath = split(os.Args[3])
	i.folders = i.defaultFolders()
	var problems []string
	for args := os.Args[6:]; len(args) >= 2; args = args[2:] {
		problems = append(problems, i.check(args[0], args[1])...)
	}
	if len(problems) > 0 {
		fail(strings.Join(problems, "\n"))
	}
}

// A file that is loaded: a program, or a library of one.
type loaded struct {
	file      string // here
	installed string // in the image
	name      string
}

func (i *image) check(built, installed string) []string {
	program := path.Base(installed)
	file, err := elf.Open(built)
	if err != nil {
		// A script that a hook wrote, or a program for something else.
		return nil
	}
	defer file.Close()
	var problems []string
	if loader := interpreter(file); loader != "" && i.find(loader) == "" {
		return []string{fmt.Sprintf("%s is started by %s, the loader of its C library, which %s does not have: "+
			"link it statically (--static-link), or choose a base with that C library", program, loader, i.name)}
	}
	seen := map[string]string{}
	var inherited []string
	queue := []loaded{{built, installed, program}}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		each, err := elf.Open(next.file)
		if err != nil {
			continue
		}
		own := runPath(each, path.Dir(next.installed))
		if next.file == built {
			inherited = own
		}
		needed, _ := each.ImportedLibraries()
		for _, library := range needed {
			if _, done := seen[library]; done {
				continue
			}
			folders := append(append(append([]string{}, own...), inherited...), append(i.libraryPath, i.folders...)...)
			found, place := i.findLibrary(library, folders, file)
			seen[library] = found
			if found == "" {
				problems = append(problems, i.missing(next.name, library))
				continue
			}
			queue = append(queue, loaded{found, place, library})
		}
		each.Close()
	}
	if len(problems) == 0 {
		problems = i.checkVersions(program, file, seen)
	}
	return problems
}

// checkVersions says what the program takes from a library that the image has only an older one of: glibc's GLIBC_2.38.
func (i *image) checkVersions(program string, file *elf.File, libraries map[string]string) []string {
	symbols, err := file.ImportedSymbols()
	if err != nil {
		return nil
	}
	wanted := map[string]map[string]bool{}
	for _, symbol := range symbols {
		if symbol.Version == "" || symbol.Library == "" {
			continue
		}
		if wanted[symbol.Library] == nil {
			wanted[symbol.Library] = map[string]bool{}
		}
		wanted[symbol.Library][symbol.Version] = true
	}
	var problems []string
	for library, versions := range wanted {
		names := dynamicNames(libraries[library])
		if names == nil {
			continue
		}
		for version := range versions {
			if !bytes.Contains(names, []byte("\x00"+version+"\x00")) {
				problems = append(problems, fmt.Sprintf("%s needs %s of %s, which in %s is older: choose a newer base, or link statically (--static-link)",
					program, version, library, i.name))
			}
		}
	}
	sort.Strings(problems)
	return problems
}

func (i *image) missing(program, library string) string {
	found := fmt.Sprintf("%s needs the library %s, which %s does not have: ", program, library, i.name)
	if owner := owner(library); owner != "" {
		return found + "install it there with --os-packages " + owner
	}
	return found + "install its package there with --os-packages"
}

// owner asks the builder's Debian for the package that a library is from.
func owner(library string) string {
	output, err := exec.Command("dpkg-query", "--search", "*/"+library).Output()
	if err != nil {
		return ""
	}
	for _, line := range strings.Split(string(output), "\n") {
		end := strings.Index(line, ": ")
		if end > 0 && strings.HasSuffix(line, "/"+library) && !strings.Contains(line, "-cross") {
			return strings.Split(strings.Split(line[:end], ",")[0], ":")[0]
		}
	}
	return ""
}

func interpreter(file *elf.File) string {
	for _, program := range file.Progs {
		if program.Type == elf.PT_INTERP {
			text, err := ioutil.ReadAll(program.Open())
			check(err)
			return strings.TrimRight(string(text), "\x00")
		}
	}
	return ""
}

func runPath(file *elf.File, origin string) []string {
	var folders []string
	for _, tag := range []elf.DynTag{elf.DT_RUNPATH, elf.DT_RPATH} {
		values, _ := file.DynString(tag)
		for _, value := range values {
			for _, folder := range split(value) {
				folder = strings.Replace(folder, "\u0024{ORIGIN}", origin, -1)
				folders = append(folders, strings.Replace(folder, "\u0024ORIGIN", origin, -1))
			}
		}
	}
	return folders
}

// dynamicNames gives the string table that has the names of the versions that a library defines.
func dynamicNames(library string) []byte {
	file, err := elf.Open(library)
	if err != nil {
		return nil
	}
	defer file.Close()
	section := file.SectionByType(elf.SHT_DYNSYM)
	if section == nil || int(section.Link) >= len(file.Sections) {
		return nil
	}
	names, err := file.Sections[section.Link].Data()
	if err != nil {
		return nil
	}
	return names
}

func (i *image) findLibrary(name string, folders []string, program *elf.File) (string, string) {
	if strings.Contains(name, "/") {
		return i.find(name), name
	}
	for _, folder := range folders {
		place := path.Join(folder, name)
		found := i.find(place)
		if found == "" {
			continue
		}
		library, err := elf.Open(found)
		if err != nil {
			continue
		}
		fits := library.Class == program.Class && library.Machine == program.Machine
		library.Close()
		if fits {
			return found, place
		}
	}
	return "", ""
}

// defaultFolders are those of glibc on the usual distributions, of musl, and what /etc/ld.so.conf adds.
func (i *image) defaultFolders() []string {
	folders := i.configured("/etc/ld.so.conf", 0)
	patterns := []string{"/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/lib32", "/usr/lib32"}
	for _, pattern := range []string{"/lib/*-linux-*", "/usr/lib/*-linux-*", "/usr/local/lib/*-linux-*"} {
		matches, _ := filepath.Glob(i.root + pattern)
		for _, match := range matches {
			if i.root != "" {
				patterns = append(patterns, strings.TrimPrefix(match, i.root))
			}
		}
	}
	return append(folders, patterns...)
}

func (i *image) configured(file string, depth int) []string {
	found := i.find(file)
	if found == "" || depth > 5 {
		return nil
	}
	text, err := ioutil.ReadFile(found)
	if err != nil {
		return nil
	}
	var folders []string
	for _, line := range strings.Split(string(text), "\n") {
		fields := strings.Fields(strings.SplitN(line, "#", 2)[0])
		if len(fields) == 1 && strings.HasPrefix(fields[0], "/") {
			folders = append(folders, fields[0])
		}
		if len(fields) == 2 && fields[0] == "include" {
			matches, _ := filepath.Glob(i.root + fields[1])
			for _, match := range matches {
				if i.root != "" {
					folders = append(folders, i.configured(strings.TrimPrefix(match, i.root), depth+1)...)
				}
			}
		}
	}
	return folders
}

// find gives the place here of a file of the image, or nothing: links lead where they do in the image.
func (i *image) find(name string) string {
	if strings.HasPrefix(path.Clean(name), i.folder+"/") {
		if found := resolve(i.files, strings.TrimPrefix(path.Clean(name), i.folder)); found != "" {
			return found
		}
	}
	if i.root == "" {
		return ""
	}
	return resolve(i.root, name)
}

func resolve(root, name string) string {
	done := "/"
	parts := strings.Split(path.Clean("/"+name), "/")
	for links := 0; len(parts) > 0; {
		part := parts[0]
		parts = parts[1:]
		if part == "" || part == "." {
			continue
		}
		next := path.Join(done, part)
		info, err := os.Lstat(root + next)
		if err != nil {
			return ""
		}
		if info.Mode()&os.ModeSymlink == 0 {
			done = next
			continue
		}
		links++
		target, err := os.Readlink(root + next)
		if err != nil || links > 40 {
			return ""
		}
		if path.IsAbs(target) {
			done = "/"
		}
		parts = append(strings.Split(target, "/"), parts...)
	}
	return root + done
}

func split(list string) []string {
	var parts []string
	for _, part := range strings.Split(list, ":") {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func check(err error) {
	if err != nil {
		fail("link check: " + err.Error())
	}
}

func fail(message string) {
	fmt.Println(message)
	os.Exit(1)
}
