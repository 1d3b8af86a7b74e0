package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestIdentifiersDiffer(t *testing.T) {
	for kind := range generators {
		answer := httptest.NewRecorder()
		request := httptest.NewRequest(http.MethodGet, "/"+kind+"?count=50", nil)
		routes().ServeHTTP(answer, request)
		seen := map[string]bool{}
		for id := range strings.FieldsSeq(answer.Body.String()) {
			seen[id] = true
		}
		if len(seen) != 50 {
			t.Errorf("%s: %d different identifiers, want 50", kind, len(seen))
		}
	}
}

func TestCountIsBounded(t *testing.T) {
	for _, count := range []string{"0", "-1", "1001", "many"} {
		answer := httptest.NewRecorder()
		request := httptest.NewRequest(http.MethodGet, "/ulid?count="+count, nil)
		routes().ServeHTTP(answer, request)
		if answer.Code != http.StatusBadRequest {
			t.Errorf("count=%s: status %d", count, answer.Code)
		}
	}
}
