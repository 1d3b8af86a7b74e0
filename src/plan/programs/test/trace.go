package main

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// tracer sends spans as OTLP over HTTP: https://opentelemetry.io/docs/specs/otlp. A Dagger engine says to every step where to,
// and which span the step itself is.
type tracer struct {
	endpoint string
	trace    []byte
	step     []byte
	spans    map[string]*span
	mutex    sync.Mutex
	changed  []*span
	closing  chan struct{}
	closed   chan struct{}
}

type span struct {
	id, parent  []byte
	name        string
	suite, test string
	start, end  time.Time
	status      string
	output      strings.Builder
	isChanged   bool
}

// newTracer gives nil where nobody follows.
func newTracer() *tracer {
	endpoint := os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
	parts := strings.Split(os.Getenv("TRACEPARENT"), "-")
	if endpoint == "" || len(parts) != 4 {
		return nil
	}
	trace, err := hex.DecodeString(parts[1])
	step, err2 := hex.DecodeString(parts[2])
	if err != nil || err2 != nil {
		return nil
	}
	t := &tracer{endpoint: endpoint, trace: trace, step: step, spans: map[string]*span{}}
	t.closing, t.closed = make(chan struct{}), make(chan struct{})
	go t.send()
	return t
}

// add follows a test: its span is sent when it begins, and again when it has ended.
func (t *tracer) add(each event) {
	if each.Package == "" {
		return
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	suite := t.spans[each.Package]
	if suite == nil {
		suite = t.start(each.Package, &span{parent: t.step, name: each.Package, start: each.Time})
		suite.suite = each.Package
	}
	key, at := each.Package+" "+each.Test, suite
	if each.Test != "" {
		at = t.spans[key]
		if at == nil {
			parent, name := t.parent(suite, each)
			at = t.start(key, &span{parent: parent.id, name: name, start: each.Time})
			at.suite, at.test = each.Package, each.Test
		}
	}
	switch each.Action {
	case "output":
		if each.Test != "" && at.output.Len() < longestOutput && !isMark(each.Output) {
			at.output.WriteString(each.Output)
		}
	case "pass", "fail", "skip":
		at.end, at.status = each.Time, each.Action
		t.change(at)
	}
}

const longestOutput = 4096

func isMark(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "=== ") || strings.HasPrefix(line, "--- ")
}

func (t *tracer) start(key string, each *span) *span {
	each.id = make([]byte, 8)
	rand.Read(each.id)
	t.spans[key] = each
	t.change(each)
	return each
}

// change has it sent, once for all that has changed by then.
func (t *tracer) change(each *span) {
	if !each.isChanged {
		each.isChanged = true
		t.changed = append(t.changed, each)
	}
}

// parent is the test that it is a subtest of, whose name may have slashes of its own.
func (t *tracer) parent(suite *span, each event) (*span, string) {
	for name := each.Test; ; {
		i := strings.LastIndex(name, "/")
		if i < 0 {
			return suite, each.Test
		}
		name = name[:i]
		if above := t.spans[each.Package+" "+name]; above != nil {
			return above, each.Test[i+1:]
		}
	}
}

func (t *tracer) send() {
	defer close(t.closed)
	for {
		select {
		case <-t.closing:
			t.flush()
			return
		case <-time.After(300 * time.Millisecond):
			t.flush()
		}
	}
}

// close ends what has not ended by itself, such as the tests of a program that crashed.
func (t *tracer) close() {
	t.mutex.Lock()
	for _, each := range t.spans {
		if each.status == "" {
			each.end, each.status = time.Now(), "fail"
			t.change(each)
		}
	}
	t.mutex.Unlock()
	close(t.closing)
	<-t.closed
}

// flush sends what has changed. Where that fails, the trace lacks something, and the tests are what they are.
func (t *tracer) flush() {
	t.mutex.Lock()
	var spans message
	for _, each := range t.changed {
		spans.bytes(2, t.encode(each))
		each.isChanged = false
	}
	t.changed = nil
	t.mutex.Unlock()
	if len(spans) == 0 {
		return
	}
	var resource, scope, scopeSpans, resourceSpans, request message
	// Engines up to 1.0.0-beta.10 crash where there is none.
	resource.attribute(1, "service.name", "gotests")
	resourceSpans.bytes(1, resource)
	scope.text(1, "go-image/gotests")
	scopeSpans.bytes(1, scope)
	scopeSpans = append(scopeSpans, spans...)
	resourceSpans.bytes(2, scopeSpans)
	request.bytes(1, resourceSpans)
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Post(t.endpoint, "application/x-protobuf", bytes.NewReader(request))
	if err == nil {
		answer.Body.Close()
	}
}

func (t *tracer) encode(each *span) message {
	var m, status message
	m.bytes(1, t.trace)
	m.bytes(2, each.id)
	m.bytes(4, each.parent)
	m.text(5, each.name)
	m.varint(6, 1)
	m.time(7, each.start)
	if !each.end.IsZero() {
		m.time(8, each.end)
	}
	m.attribute(9, "test.suite.name", each.suite)
	if each.test != "" {
		m.attribute(9, "test.case.name", each.test)
	}
	switch each.status {
	case "pass":
		m.attribute(9, each.kind(), "pass")
		status.varint(3, 1)
	case "skip":
		m.attribute(9, each.kind(), "skipped")
		status.varint(3, 1)
	case "fail":
		m.attribute(9, each.kind(), "fail")
		said := strings.TrimSpace(each.output.String())
		if said == "" {
			said = "failed"
		}
		status.text(2, said)
		status.varint(3, 2)
	}
	m.bytes(15, status)
	m.flags(16, 1)
	return m
}

func (s *span) kind() string {
	if s.test == "" {
		return "test.suite.run.status"
	}
	return "test.case.result.status"
}

// message is one of protocol buffers: https://protobuf.dev/programming-guides/encoding
type message []byte

func (m *message) number(value uint64) {
	for ; value >= 0x80; value >>= 7 {
		*m = append(*m, byte(value)|0x80)
	}
	*m = append(*m, byte(value))
}

func (m *message) varint(field, value uint64) {
	m.number(field << 3)
	m.number(value)
}

func (m *message) bytes(field uint64, value []byte) {
	m.number(field<<3 | 2)
	m.number(uint64(len(value)))
	*m = append(*m, value...)
}

func (m *message) text(field uint64, value string) {
	m.bytes(field, []byte(strings.ToValidUTF8(value, "\uFFFD")))
}

func (m *message) time(field uint64, value time.Time) {
	m.number(field<<3 | 1)
	var fixed [8]byte
	binary.LittleEndian.PutUint64(fixed[:], uint64(value.UnixNano()))
	*m = append(*m, fixed[:]...)
}

func (m *message) flags(field uint64, value uint32) {
	m.number(field<<3 | 5)
	*m = append(*m, byte(value), byte(value>>8), byte(value>>16), byte(value>>24))
}

func (m *message) attribute(field uint64, key, value string) {
	var text, pair message
	text.text(1, value)
	pair.text(1, key)
	pair.bytes(2, text)
	m.bytes(field, pair)
}
