// Says how it was started, where it can write, and what the image's health check says of it.
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	folder, _ := os.Getwd()
	fmt.Println(strings.Join(os.Args, " "), "in", folder, "as", os.Getuid(), os.Getgid())
	fmt.Println(effectiveCapabilities())
	for _, folder := range []string{"/data", "/var/lib/well", "/etc"} {
		fmt.Println(folder, os.WriteFile(folder+"/file", nil, 0o600) == nil)
	}
	text, _ := os.ReadFile("/etc/well/config.txt")
	fmt.Print(string(text))
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {})
	http.HandleFunc("/sick", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) })
	http.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		for _, path := range []string{"/healthz", "/sick"} {
			output, err := exec.Command("/usr/local/bin/health-check", path).CombinedOutput()
			fmt.Fprint(w, path, " ", err, " ", string(output))
		}
	})
	go func() { panic(http.ListenAndServe(":7070", nil)) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	fmt.Println(<-stop)
}

// effectiveCapabilities are the file's, for a user who has none.
func effectiveCapabilities() string {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "\nCapEff")
	line, _, _ := strings.Cut(rest, "\n")
	return "CapEff" + line
}
