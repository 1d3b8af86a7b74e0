// Says what it sees of its environment.
package main

import (
	"encoding/json"
	"os"
	"os/user"
	"runtime"
)

func main() {
	account, err := user.Current()
	if err != nil {
		panic(err)
	}
	group, err := user.LookupGroupId(account.Gid)
	if err != nil {
		panic(err)
	}
	folder, _ := os.Getwd()
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"user":       account.Username,
		"uid":        account.Uid,
		"gid":        account.Gid,
		"group":      group.Name,
		"home":       account.HomeDir,
		"folder":     folder,
		"TZ":         os.Getenv("TZ"),
		"GOMAXPROCS": os.Getenv("GOMAXPROCS"),
		"processors": runtime.GOMAXPROCS(0) == runtime.NumCPU(),
		"arguments":  os.Args[1:],
	})
}
