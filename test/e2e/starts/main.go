// Starts as programs do that were written for other images: after a command of its own, on port 80, and a second one.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Println("migrated")
		return
	}
	if address := os.Getenv("ELSEWHERE"); address != "" {
		fmt.Println(read(address))
	}
	go takeMail()
	go func() {
		handler := func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") }
		panic(http.ListenAndServe(":80", http.HandlerFunc(handler)))
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
	fmt.Println("graceful, as process", os.Getpid(), "of user", os.Getuid())
}

// As SMTP, which waits for a greeting where HTTP would answer.
func takeMail() {
	listener, err := net.Listen("tcp", ":2525")
	if err != nil {
		panic(err)
	}
	for {
		if _, err := listener.Accept(); err != nil {
			panic(err)
		}
	}
}

func read(address string) string {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return err.Error()
	}
	text, _ := io.ReadAll(connection)
	return string(text)
}
