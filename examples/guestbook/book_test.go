package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
)

func TestSignedPage(t *testing.T) {
	book, err := openBook("templates")
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"name": {"Ada"}, "message": {"<b>lovely</b>"}}
	request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	routes(book, "static").ServeHTTP(httptest.NewRecorder(), request)

	answer := httptest.NewRecorder()
	routes(book, "static").ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	want, err := os.ReadFile("testdata/signed.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got := answer.Body.String(); got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
