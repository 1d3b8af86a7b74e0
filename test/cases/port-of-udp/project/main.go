package main

import "net"

func main() {
	connection, err := net.ListenPacket("udp", ":5353")
	if err != nil {
		panic(err)
	}
	connection.Close()
}
