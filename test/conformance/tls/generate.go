//go:build ignore

// Makes the certificates beside it: go run generate.go
//
// They are valid for so long that no clock matters, and so they are no secret and of no use outside of tests. The
// authority's key is thrown away.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"time"
)

func main() {
	authority, authorityKey := template("go-image test authority"), newKey()
	authority.IsCA = true
	authority.BasicConstraintsValid = true
	authority.KeyUsage = x509.KeyUsageCertSign
	write("authority.pem", "CERTIFICATE", sign(authority, authority, &authorityKey.PublicKey, authorityKey))

	server, serverKey := template("go-image test server"), newKey()
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	// What a container calls this machine.
	server.DNSNames = []string{"host.docker.internal"}
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	write("trusted.pem", "CERTIFICATE", sign(server, authority, &serverKey.PublicKey, authorityKey))
	// For the same server, by nobody whom anybody trusts.
	write("untrusted.pem", "CERTIFICATE", sign(server, server, &serverKey.PublicKey, serverKey))
	key, err := x509.MarshalPKCS8PrivateKey(serverKey)
	check(err)
	write("server.key", "PRIVATE KEY", key)
}

func template(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

func newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	return key
}

func sign(certificate, parent *x509.Certificate, public *ecdsa.PublicKey, signer *ecdsa.PrivateKey) []byte {
	content, err := x509.CreateCertificate(rand.Reader, certificate, parent, public, signer)
	check(err)
	return content
}

func write(name, kind string, content []byte) {
	check(os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o644))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
