// Tells a trace of tests, prints the slowest, lists them, and runs a part of them.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"sort"
	"strings"
	"syscall"
	"time"
)

const usage = "usage: gotests run COMMAND... | list COMMAND... | shard [--times=FILE] INDEX COUNT BINARY ARGUMENT..."

func main() {
	if len(os.Args) < 3 {
		fail(usage)
	}
	switch args := os.Args[2:]; os.Args[1] {
	case "run":
		os.Exit(run(args))
	case "list":
		os.Exit(list(args))
	case "shard":
		shard(args)
	default:
		fail(usage)
	}
}

func fail(reason string) {
	fmt.Fprintln(os.Stderr, reason)
	os.Exit(2)
}

// event is a line of "go test -json": go doc cmd/test2json.
type event struct {
	Time    time.Time
	Action  string
	Package string
	Test    string
	Elapsed float64
	Output  string
}

// run starts gotestsum, follows what it writes of each test, and prints the slowest at the end.
func run(args []string) int {
	file, err := os.CreateTemp("", "gotests")
	check(err)
	defer os.Remove(file.Name())
	args = append([]string{args[0], "--jsonfile=" + file.Name()}, args[1:]...)
	command := exec.Command(args[0], args[1:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	forward(command)
	check(command.Start())
	tracer := newTracer()
	slowest := &durations{}
	ended, followed := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(followed)
		follow(file, ended, func(each event) {
			slowest.add(each)
			if tracer != nil {
				tracer.add(each)
			}
		})
	}()
	command.Wait()
	close(ended)
	<-followed
	if tracer != nil {
		tracer.close()
	}
	slowest.print(os.Stdout)
	return command.ProcessState.ExitCode()
}

// follow reads a file as it grows, until its writer has ended.
func follow(file *os.File, ended <-chan struct{}, add func(event)) {
	lines := bufio.NewReader(file)
	var line []byte
	for isLast := false; ; {
		part, err := lines.ReadBytes('\n')
		line = append(line, part...)
		if err == nil {
			var each event
			if json.Unmarshal(line, &each) == nil {
				add(each)
			}
			line = nil
			continue
		}
		if isLast {
			return
		}
		select {
		case <-ended:
			isLast = true
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// forward passes the signals on that end a container.
func forward(command *exec.Cmd) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		for each := range signals {
			if command.Process != nil {
				command.Process.Signal(each)
			}
		}
	}()
}

type duration struct {
	test    string
	seconds float64
}

// durations are those of tests that have no tests below them, whose time is theirs.
type durations struct {
	all     []duration
	parents map[string]bool
}

const shownSlowest = 10
const leastSlow = 0.1

func (d *durations) add(each event) {
	if each.Test == "" {
		return
	}
	name := each.Package + " " + each.Test
	if i := strings.LastIndex(name, "/"); strings.Contains(each.Test, "/") {
		if d.parents == nil {
			d.parents = map[string]bool{}
		}
		d.parents[name[:i]] = true
	}
	if (each.Action == "pass" || each.Action == "fail") && each.Elapsed >= leastSlow {
		d.all = append(d.all, duration{name, each.Elapsed})
	}
}

func (d *durations) print(to io.Writer) {
	var slow []duration
	for _, each := range d.all {
		if !d.parents[each.test] {
			slow = append(slow, each)
		}
	}
	sort.SliceStable(slow, func(i, j int) bool { return slow[i].seconds > slow[j].seconds })
	if len(slow) == 0 {
		return
	}
	if len(slow) > shownSlowest {
		slow = slow[:shownSlowest]
	}
	fmt.Fprintln(to, "\nslowest tests:")
	for _, each := range slow {
		fmt.Fprintf(to, "%8.2fs  %s\n", each.seconds, each.test)
	}
}

var testName = regexp.MustCompile("^(Test|Example|Fuzz)[^\\s]*$")

// list prints "PACKAGE TEST" for each that "go test -json -list" names.
func list(args []string) int {
	command := exec.Command(args[0], args[1:]...)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	check(err)
	forward(command)
	check(command.Start())
	lines := bufio.NewReader(output)
	said := map[string]string{}
	for {
		line, err := lines.ReadBytes('\n')
		var each event
		if json.Unmarshal(line, &each) != nil {
			os.Stderr.Write(line)
		} else if name := strings.TrimSpace(each.Output); testName.MatchString(name) {
			fmt.Println(each.Package, name)
		} else if each.Action == "build-output" {
			fmt.Fprint(os.Stderr, each.Output)
		} else if each.Action == "fail" {
			fmt.Fprint(os.Stderr, said[each.Package])
		} else {
			said[each.Package] += each.Output
		}
		if err != nil {
			break
		}
	}
	command.Wait()
	return command.ProcessState.ExitCode()
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}
