package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
)

func TestEntryWithoutAccount(t *testing.T) {
	if got := post(t, openBooks(t, "postgres://localhost"), "", "100"); got != http.StatusUnprocessableEntity {
		t.Errorf("status = %d", got)
	}
}

// TestBalances is the integration test: it writes to a real database, and reads back.
func TestBalances(t *testing.T) {
	url := os.Getenv("DATABASE_URL")
	if url == "" {
		t.Skip("DATABASE_URL is not set")
	}
	books := openBooks(t, url)
	// A name of its own, so that the test may run again on the same database.
	account := fmt.Sprintf("Ada %s %d", t.Name(), os.Getpid())
	for _, cents := range []string{"1250", "-200"} {
		if got := post(t, books, account, cents); got != http.StatusCreated {
			t.Fatalf("POST /entries: status %d", got)
		}
	}

	answer := httptest.NewRecorder()
	routes(books).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/balances", nil))
	want := fmt.Sprintf(`{"account":%q,"cents":1050}`, account)
	if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), want) {
		t.Errorf("GET /balances: %d %s, want %s", answer.Code, answer.Body, want)
	}
}

func openBooks(t *testing.T, url string) *Books {
	t.Helper()
	books, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(books.Close)
	return books
}

func post(t *testing.T, books *Books, account, cents string) int {
	t.Helper()
	form := url.Values{"account": {account}, "cents": {cents}}
	request := httptest.NewRequest(http.MethodPost, "/entries?"+form.Encode(), nil)
	answer := httptest.NewRecorder()
	routes(books).ServeHTTP(answer, request)
	return answer.Code
}
