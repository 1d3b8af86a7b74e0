// Asks a program of this container over HTTP, on the port in PORT, and ends with 0 where its answer is one of 200 to 399.
// With system calls alone, which keeps it below 1 MB.
package main

import "syscall"

const seconds = 5

func main() {
	port, path := portOf("PORT"), argument()
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	check("socket", err)
	limit := syscall.NsecToTimeval(seconds * 1e9)
	check("timeout", syscall.SetsockoptTimeval(socket, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &limit))
	check("timeout", syscall.SetsockoptTimeval(socket, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &limit))
	check("connect", syscall.Connect(socket, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}))
	request := "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: health-check\r\nConnection: close\r\n\r\n"
	for sent := 0; sent < len(request); {
		n, err := syscall.Write(socket, []byte(request[sent:]))
		check("write", err)
		sent += n
	}
	status := readStatus(socket)
	print("HTTP status ", status, "\n")
	if status < 200 || status > 399 {
		syscall.Exit(1)
	}
}

// readStatus reads as much as the first line's number takes: "HTTP/1.1 200".
func readStatus(socket int) int {
	answer := make([]byte, 12)
	for got := 0; got < len(answer); {
		n, err := syscall.Read(socket, answer[got:])
		check("read", err)
		if n == 0 {
			fail("no answer")
		}
		got += n
	}
	if string(answer[:5]) != "HTTP/" {
		fail("the answer is not HTTP")
	}
	return number(string(answer[9:]))
}

func portOf(variable string) int {
	text, _ := syscall.Getenv(variable)
	port := number(text)
	if port < 1 || port > 65535 {
		fail("PORT is no port: " + text)
	}
	return port
}

// argument gives the first one, without the package os, which is larger than all of this.
func argument() string {
	file, err := syscall.Open("/proc/self/cmdline", syscall.O_RDONLY, 0)
	check("/proc/self/cmdline", err)
	text := make([]byte, 4096)
	n, err := syscall.Read(file, text)
	check("/proc/self/cmdline", err)
	start := 0
	for i, b := range text[:n] {
		if b == 0 {
			if start > 0 {
				return string(text[start:i])
			}
			start = i + 1
		}
	}
	return "/"
}

// number is -1 where the text is none.
func number(text string) int {
	value := 0
	for _, b := range []byte(text) {
		if b < '0' || b > '9' || value > 1e6 {
			return -1
		}
		value = 10*value + int(b-'0')
	}
	if text == "" {
		return -1
	}
	return value
}

func check(what string, err error) {
	if err != nil {
		fail(what + ": " + err.Error())
	}
}

func fail(message string) {
	print("health check: ", message, "\n")
	syscall.Exit(1)
}
