package main

import (
	"fmt"
	"os"
	"os/exec"
	"sort"
	"strconv"
	"strings"
	"syscall"
)

// The kernel takes no longer argument.
const longestArgument = 128<<10 - 4096

// shard stands before the program of a package's tests, as -exec has it: each of them is in one shard. Which one, the times of an
// earlier run say, if there are any, and its place among those of its package.
func shard(args []string) {
	var file string
	if strings.HasPrefix(args[0], "--times=") {
		file, args = strings.TrimPrefix(args[0], "--times="), args[1:]
	}
	if len(args) < 3 {
		fail(usage)
	}
	index, err := strconv.Atoi(args[0])
	check(err)
	count, err := strconv.Atoi(args[1])
	check(err)
	binary, args := args[2], args[3:]
	names := namesIn(binary, []string{"-test.list=."})
	// They are listed in the order of their files.
	sort.Strings(names)
	folder, err := os.Getwd()
	check(err)
	shardOf := readTimes(file).shards(count).of(packageOf(folder), folder, names)
	var own, others []string
	for i, name := range names {
		if shardOf[i] == index-1 {
			own = append(own, name)
		} else {
			others = append(others, name)
		}
	}
	if isList(args) {
		for _, name := range namesIn(binary, args) {
			if contains(own, name) {
				fmt.Println(name)
			}
		}
		return
	}
	if len(own) == 0 {
		fmt.Println("testing: warning: no tests to run")
		fmt.Println("PASS")
		return
	}
	skip := "^(" + strings.Join(others, "|") + ")$"
	if len(skip) > longestArgument {
		fail(fmt.Sprintf("a package of %d tests is too large to be run in shards", len(names)))
	}
	if len(others) > 0 {
		args = withSkip(args, skip)
	}
	check(syscall.Exec(binary, append([]string{binary}, args...), os.Environ()))
}

func namesIn(binary string, args []string) []string {
	command := exec.Command(binary, args...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		os.Stdout.Write(output)
		fail("the tests could not be listed: " + err.Error())
	}
	var names []string
	for _, line := range strings.Split(string(output), "\n") {
		if testName.MatchString(line) {
			names = append(names, line)
		}
	}
	return names
}

func contains(names []string, name string) bool {
	for _, each := range names {
		if each == name {
			return true
		}
	}
	return false
}

func isList(args []string) bool {
	for _, each := range args {
		if strings.HasPrefix(each, "-test.list=") {
			return true
		}
	}
	return false
}

func withSkip(args []string, skip string) []string {
	const flag = "-test.skip="
	var with []string
	for _, each := range args {
		if strings.HasPrefix(each, flag) {
			skip = strings.TrimPrefix(each, flag) + "|" + skip
		} else {
			with = append(with, each)
		}
	}
	return append([]string{flag + skip}, with...)
}
