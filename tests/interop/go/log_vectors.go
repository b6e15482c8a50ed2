// Prints the vectors of tests/vectors/log.txt, made by Go's transparency log library alone:
// keys and notes by sumdb/note, roots, proofs and tiles by sumdb/tlog. One "name value" a line.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"log"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	logName     = "civil.example/ledger"
	witnessName = "court.example/witness-1"
	leaves      = 600
	height      = 8
	signedAt    = 1767225600
)

var stored []tlog.Hash

func reader(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		out = append(out, stored[i])
	}
	return out, nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func keyFrom(first byte) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	for i := range seed {
		seed[i] = first + byte(i)
	}
	return ed25519.NewKeyFromSeed(seed)
}

func keyID(name string, encoded []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), encoded...))
	return binary.BigEndian.Uint32(sum[:])
}

// A cosigner as c2sp.org/tlog-cosignature describes it, for the library's note.Signer and Verifier.
type cosigner struct {
	name string
	key  ed25519.PrivateKey
}

func (c cosigner) encoded() []byte {
	return append([]byte{4}, c.key.Public().(ed25519.PublicKey)...)
}
func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return keyID(c.name, c.encoded()) }

func dated(msg []byte, at uint64) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", at)), msg...)
}

func (c cosigner) Sign(msg []byte) ([]byte, error) {
	out := binary.BigEndian.AppendUint64(nil, signedAt)
	return append(out, ed25519.Sign(c.key, dated(msg, signedAt))...), nil
}

func (c cosigner) Verify(msg, sig []byte) bool {
	return len(sig) == 72 && ed25519.Verify(c.key.Public().(ed25519.PublicKey),
		dated(msg, binary.BigEndian.Uint64(sig)), sig[8:])
}

func printKeysAndNotes(size int64, root tlog.Hash) {
	key := keyFrom(0)
	public := key.Public().(ed25519.PublicKey)
	vkey, err := note.NewEd25519VerifierKey(logName, public)
	check(err)
	id := keyID(logName, append([]byte{1}, public...))
	signer, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", logName, id,
		base64.StdEncoding.EncodeToString(append([]byte{1}, key.Seed()...))))
	check(err)
	verifier, err := note.NewVerifier(vkey)
	check(err)
	witness := cosigner{witnessName, keyFrom(64)}

	text := fmt.Sprintf("%s\n%d\n%s\n", logName, size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	check(err)
	cosigned, err := note.Sign(&note.Note{Text: text}, signer, witness)
	check(err)
	opened, err := note.Open(cosigned, note.VerifierList(verifier, witness))
	check(err)
	if len(opened.Sigs) != 2 {
		log.Fatal("expected two signatures")
	}
	fmt.Printf("vkey %s\n", vkey)
	fmt.Printf("witness_vkey %s+%08x+%s\n", witnessName, witness.KeyHash(),
		base64.StdEncoding.EncodeToString(witness.encoded()))
	fmt.Printf("note %s\n", hex.EncodeToString(signed))
	fmt.Printf("cosigned_note %s\n", hex.EncodeToString(cosigned))
}

func digest(hashes []tlog.Hash) string {
	sum := sha256.New()
	for _, h := range hashes {
		sum.Write(h[:])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func printProofs(n int64) {
	for i := int64(0); i < n; i++ {
		proof, err := tlog.ProveRecord(n, i, tlog.HashReaderFunc(reader))
		check(err)
		fmt.Printf("inclusion_%d_%d %d:%s\n", i, n, len(proof), digest(proof))
	}
	for m := int64(1); m <= n; m++ {
		proof, err := tlog.ProveTree(n, m, tlog.HashReaderFunc(reader))
		check(err)
		fmt.Printf("consistency_%d_%d %d:%s\n", m, n, len(proof), digest(proof))
	}
}

func path(t tlog.Tile) string {
	return strings.Replace(t.Path(), "tile/8/", "tile/", 1)
}

func printTiles() {
	for _, t := range tlog.NewTiles(height, 0, leaves) {
		data, err := tlog.ReadTileData(t, tlog.HashReaderFunc(reader))
		check(err)
		sum := sha256.Sum256(data)
		fmt.Printf("tile_%d_%d_%d %s:%x\n", t.L, t.N, t.W, path(t), sum)
	}
	for i, n := range []int64{0, 1, 999, 1000, 1001, 1234067, 999999999, 1000000000, 1 << 54} {
		fmt.Printf("path_%d_%d %s\n", i%8, n, path(tlog.Tile{H: height, L: i % 8, N: n, W: 256}))
	}
}

func main() {
	for i := int64(0); i < leaves; i++ {
		hashes, err := tlog.StoredHashes(i, []byte(fmt.Sprintf("entry %d", i)),
			tlog.HashReaderFunc(reader))
		check(err)
		stored = append(stored, hashes...)
	}
	fmt.Println("# Made by tests/interop/go/log_vectors.go; never edited.")
	for n := int64(1); n <= leaves; n++ {
		root, err := tlog.TreeHash(n, tlog.HashReaderFunc(reader))
		check(err)
		if n < 20 || n%64 < 2 || n == leaves {
			fmt.Printf("root_%d %s\n", n, hex.EncodeToString(root[:]))
		}
		if n == leaves {
			printKeysAndNotes(n, root)
		}
	}
	for _, n := range []int64{1, 2, 3, 5, 8, 21, 64, 70} {
		printProofs(n)
	}
	printTiles()
}
