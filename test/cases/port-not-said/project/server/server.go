package server

import (
	"net"
	"net/http"
)

// Serve answers until it fails.
func Serve(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return http.Serve(listener, nil)
}
