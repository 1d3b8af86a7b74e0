package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

func TestHello(t *testing.T) {
	if got := get(t, "/"); got != "Hello from hello-web\n" {
		t.Errorf("GET / = %q", got)
	}
}

func TestAbout(t *testing.T) {
	var got About
	if err := json.Unmarshal([]byte(get(t, "/about")), &got); err != nil {
		t.Fatal(err)
	}
	if got.UID != os.Getuid() {
		t.Errorf("uid = %d, want %d", got.UID, os.Getuid())
	}
}

func get(t *testing.T, path string) string {
	t.Helper()
	answer := httptest.NewRecorder()
	handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("GET %s: status %d", path, answer.Code)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
