// Prints what an image gives to its program, as JSON.
package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"time"
)

type report struct {
	Arguments []string `json:"arguments"`
	UID       int      `json:"uid"`
	GID       int      `json:"gid"`
	User      string   `json:"user"`
	Home      string   `json:"home"`
	Folder    string   `json:"folder"`
	Shell     bool     `json:"shell"`
	// Of midsummer 2026, 12:00 in UTC.
	Berlin string `json:"berlin"`
	Local  string `json:"local"`
	// Folders that it can write to.
	Writes []string `json:"writes"`
	// Answers of the servers whose addresses are the arguments, or why there is none.
	Answers []string `json:"answers"`
}

func main() {
	account, err := user.Current()
	if err != nil {
		account = &user.User{Username: err.Error()}
	}
	folder, _ := os.Getwd()
	_, noShell := os.Stat("/bin/sh")
	found := report{
		Arguments: os.Args[1:],
		UID:       os.Getuid(),
		GID:       os.Getgid(),
		User:      account.Username,
		Home:      account.HomeDir,
		Folder:    folder,
		Shell:     noShell == nil && exec.Command("/bin/sh", "-c", "true").Run() == nil,
	}
	noon := time.Date(2026, time.June, 21, 12, 0, 0, 0, time.UTC)
	found.Local = noon.Local().Format("15:04 MST")
	if berlin, err := time.LoadLocation("Europe/Berlin"); err == nil {
		found.Berlin = noon.In(berlin).Format("15:04 MST")
	}
	for _, each := range []string{folder, account.HomeDir, os.TempDir(), "/", "/etc", "/usr/local/bin"} {
		if file, err := os.Create(filepath.Join(each, "written-by-probe")); err == nil {
			file.Close()
			found.Writes = append(found.Writes, each)
		}
	}
	for _, url := range os.Args[1:] {
		found.Answers = append(found.Answers, answer(url))
	}
	json.NewEncoder(os.Stdout).Encode(found)
}

func answer(url string) string {
	response, err := http.Get(url)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
