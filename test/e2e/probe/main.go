// Probe tells what a container lets it see and do, for the tests of whatever runs it.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Report is what the command `report` prints.
type Report struct {
	Args        []string `json:"args"`
	Env         []string `json:"env"`
	Folder      string   `json:"folder"`
	UID         int      `json:"uid"`
	GID         int      `json:"gid"`
	Groups      []int    `json:"groups"`
	PID         int      `json:"pid"`
	CanWrite    []string `json:"canWrite"`
	MountPoints []string `json:"mountPoints"`
}

func main() {
	log.SetFlags(0)
	command := "report"
	if len(os.Args) > 1 {
		command = os.Args[1]
	}
	switch command {
	case "report":
		report()
	case "tree":
		tree(os.Args[2])
	case "write":
		if err := os.WriteFile(os.Args[2], []byte("written"), 0o644); err != nil {
			log.Fatal(err)
		}
	case "exit":
		code, err := strconv.Atoi(os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		log.Print("exiting with ", code)
		os.Exit(code)
	case "crash":
		log.Print(first(nil))
	case "wait":
		// Ends when it is asked to, with the exit code 0.
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, syscall.SIGTERM)
		log.Print("waiting")
		<-signals
	case "ignore":
		signal.Ignore(syscall.SIGTERM)
		log.Print("ignoring")
		time.Sleep(time.Hour)
	default:
		log.Fatal("unknown command ", command)
	}
}

// Small enough to be compiled into its caller.
func first(numbers []int) int {
	return numbers[0] // crashes
}

func report() {
	folder, err := os.Getwd()
	if err != nil {
		log.Fatal(err)
	}
	groups, err := os.Getgroups()
	if err != nil {
		log.Fatal(err)
	}
	report := Report{
		Args:   os.Args[1:],
		Env:    os.Environ(),
		Folder: folder,
		UID:    os.Getuid(),
		GID:    os.Getgid(),
		Groups: append([]int{}, groups...),
		PID:    os.Getpid(),
	}
	for _, folder := range []string{"/", "/app", "/tmp", "/sys", "/dev/shm"} {
		if canWrite(folder) {
			report.CanWrite = append(report.CanWrite, folder)
		}
	}
	for _, path := range []string{"/proc/self", "/dev/null", "/sys/kernel", "/etc/resolv.conf", "/etc/hosts"} {
		if _, err := os.Stat(path); err == nil {
			report.MountPoints = append(report.MountPoints, path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			log.Fatal(err)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		log.Fatal(err)
	}
}

// tree prints what is below a folder: mode, path, and what a file or a link holds.
func tree(root string) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		var content []byte
		switch entry.Type() {
		case fs.ModeSymlink:
			target, err := os.Readlink(path)
			if err != nil {
				return err
			}
			content = []byte(target)
		case 0:
			if content, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		fmt.Printf("%v %s %s\n", info.Mode(), path, content)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
}

func canWrite(folder string) bool {
	file, err := os.CreateTemp(folder, "probe")
	if err != nil {
		return false
	}
	file.Close()
	return os.Remove(file.Name()) == nil
}
