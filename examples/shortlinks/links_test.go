package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

func TestLinksSurviveARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "links.json")
	links, err := openLinks(file)
	if err != nil {
		t.Fatal(err)
	}
	id, err := links.Add("https://example.com/long")
	if err != nil {
		t.Fatal(err)
	}

	reopened, err := openLinks(file)
	if err != nil {
		t.Fatal(err)
	}
	if target, _ := reopened.Find(id); target != "https://example.com/long" {
		t.Errorf("target = %q", target)
	}
}

func TestCreateRefusesWhatIsNotAWebAddress(t *testing.T) {
	links, err := openLinks(filepath.Join(t.TempDir(), "links.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"", "/relative", "javascript:alert(1)", "ftp://example.com"} {
		answer := httptest.NewRecorder()
		body := strings.NewReader(`{"url": "` + target + `"}`)
		routes(links).ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/links", body))
		if answer.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q: status %d", target, answer.Code)
		}
	}
}
