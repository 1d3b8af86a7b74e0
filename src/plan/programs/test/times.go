package main

import (
	"bufio"
	"math/bits"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// timed is a test that an earlier run has measured.
type timed struct {
	name         string
	milliseconds uint64
}

// times are those of tests by "PACKAGE TEST", the longest first.
type times []timed

// readTimes reads "PACKAGE TEST MILLISECONDS" lines; none where there is no file.
func readTimes(name string) times {
	if name == "" {
		return nil
	}
	file, err := os.Open(name)
	check(err)
	defer file.Close()
	var all times
	for lines := bufio.NewScanner(file); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) != 3 {
			continue
		}
		milliseconds, err := strconv.ParseUint(words[2], 10, 32)
		check(err)
		// The shortest is work, too.
		all = append(all, timed{words[0] + " " + words[1], milliseconds + 1})
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].milliseconds != all[j].milliseconds {
			return all[i].milliseconds > all[j].milliseconds
		}
		return all[i].name < all[j].name
	})
	return all
}

// shards are what is known before any test is listed; all machines come to the same.
type shards struct {
	known map[string]int
	// What each has room for: shares of the tests that nobody has measured.
	room []uint64
}

// shards gives each test in turn, the longest first, to the shard that has least to do.
func (all times) shards(count int) shards {
	s := shards{map[string]int{}, make([]uint64, count)}
	loads := make([]uint64, count)
	for _, each := range all {
		least := 0
		for i, load := range loads {
			if load < loads[least] {
				least = i
			}
		}
		loads[least] += each.milliseconds
		s.known[each.name] = least
	}
	most := uint64(0)
	for _, load := range loads {
		if load > most {
			most = load
		}
	}
	median := uint64(1)
	if len(all) > 0 {
		median = all[len(all)/2].milliseconds
	}
	for i, load := range loads {
		s.room[i] = (most - load + median) << 10
	}
	return s
}

// of gives the shard of each test of a package. Those that nobody has measured count like the median: they are spread evenly over
// what room there is, from a place on that the folder says, since no package knows of the others'.
func (s shards) of(importPath, folder string, names []string) []int {
	found := make([]int, len(names))
	var unknown []int
	for i, name := range names {
		shard, isKnown := s.known[importPath+" "+name]
		found[i] = shard
		if !isKnown {
			unknown = append(unknown, i)
		}
	}
	total := uint64(0)
	for _, room := range s.room {
		total += room
	}
	high, low := bits.Mul64(uint64(sum(folder)), total)
	first := high<<32 | low>>32
	for place, i := range unknown {
		high, low = bits.Mul64(uint64(place), total)
		step, _ := bits.Div64(high, low, uint64(len(unknown)))
		found[i] = s.at((first + step) % total)
	}
	return found
}

func (s shards) at(place uint64) int {
	for i, room := range s.room {
		if place < room {
			return i
		}
		place -= room
	}
	return len(s.room) - 1
}

// packageOf is the import path of a folder's package: that of its module, and the way from there.
func packageOf(folder string) string {
	for at := folder; ; at = filepath.Dir(at) {
		if text, err := os.ReadFile(filepath.Join(at, "go.mod")); err == nil {
			inside := strings.TrimPrefix(filepath.ToSlash(folder[len(at):]), "/")
			return strings.TrimSuffix(modulePath(string(text))+"/"+inside, "/")
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

func modulePath(goMod string) string {
	for _, line := range strings.Split(goMod, "\n") {
		words := strings.Fields(strings.SplitN(line, "//", 2)[0])
		if len(words) == 2 && words[0] == "module" {
			return strings.Trim(words[1], "\"`")
		}
	}
	return ""
}

// sum is FNV-1a of a text, with its first bits as different as its last.
func sum(text string) uint32 {
	hash := uint32(2166136261)
	for _, each := range []byte(text) {
		hash = (hash ^ uint32(each)) * 16777619
	}
	return (hash ^ hash>>16) * 2246822507
}
