// Checks an export of a Foxtrail journal with Go's own transparency log packages, those of the Go checksum database.
//
//	verifier KEY EXPORT [EARLIER-CHECKPOINT] [PROOF]...
//
// The export is a directory of tiles. Prints nothing when all is well.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// head opens a checkpoint and returns what it signs.
func head(raw []byte, verifier note.Verifier) tlog.Tree {
	opened := must(note.Open(raw, note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		check(fmt.Errorf("the origin is %s", lines[0]))
	}
	size := must(strconv.ParseInt(lines[1], 10, 64))
	return tlog.Tree{N: size, Hash: must(tlog.ParseHash(lines[2]))}
}

// tiles reads the tiles of an export; C2SP's paths have no height, and no data tiles.
type tiles string

func (directory tiles) Height() int { return 8 }

func (directory tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (directory tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		raw, err := os.ReadFile(filepath.Join(string(directory), path))
		if err != nil {
			return nil, err
		}
		found[i] = raw
	}
	return found, nil
}

// proven checks one tlog-proof against the tiles that Go reads itself.
func proven(path string, verifier note.Verifier, hashes tlog.HashReader) {
	above, below, _ := bytes.Cut(must(os.ReadFile(path)), []byte("\n\n"))
	tree, lines := head(below, verifier), strings.Split(string(above), "\n")
	var extra struct{ Entry string }
	check(json.Unmarshal(must(base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))), &extra))
	index := must(strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64))
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		proof = append(proof, must(tlog.ParseHash(line)))
	}
	leaf := tlog.RecordHash([]byte(extra.Entry))
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf))
	if own := must(tlog.ProveRecord(tree.N, index, hashes)); fmt.Sprint(own) != fmt.Sprint(proof) {
		check(fmt.Errorf("%s is not the proof that Go makes", path))
	}
}

func main() {
	verifier := must(note.NewVerifier(os.Args[1]))
	export := os.Args[2]
	tree := head(must(os.ReadFile(filepath.Join(export, "checkpoint"))), verifier)
	// Every tile that it hands out is checked against the signed root.
	hashes := tlog.TileHashReader(tree, tiles(export))
	for _, path := range os.Args[3:] {
		if strings.HasSuffix(path, ".tlog-proof") {
			proven(path, verifier, hashes)
			continue
		}
		earlier := head(must(os.ReadFile(path)), verifier)
		proof := must(tlog.ProveTree(tree.N, earlier.N, hashes))
		check(tlog.CheckTree(proof, tree.N, tree.Hash, earlier.N, earlier.Hash))
	}
}
