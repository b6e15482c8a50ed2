/* Tiles: pieces of the tree that any HTTP server can hand out and any cache can keep.
 *
 *   tile/<L>/<N>            the roots of 256 subtrees of 256^L leaves each, 256 * 32 bytes
 *   tile/<L>/<N>.p/<W>      the first W of them, 1 <= W <= 255, where the tree ends
 *   tile/entries/<N>[.p/W]  the entries 256 N .. themselves, each u16 big-endian length || bytes
 *   <N>                     groups of three digits, all but the last after an "x": x001/x234/067
 * Source: c2sp.org/tlog-tiles. Hash j of tile (L, N) is node (8 L, 256 N + j) of ledger/log/tree.h.
 * Full tiles never change. Tiles are made from the stored nodes when asked for: kept partial tiles
 * were 97 % of one public log's disk.
 *
 * Hashes may be shown to anyone; entries only to those allowed to read records.
 * Thread: any. Memory: none but the caller's. */
#ifndef LEDGER_LOG_TILE_H
#define LEDGER_LOG_TILE_H

#include "ledger/log/tree.h"

enum {
	TILE_WIDTH = 256,
	TILE_LEVEL_MAX = 7,     /* levels of TREE_SIZE_MAX leaves, eight of the tree's to one */
	TILE_ENTRY_MAX = 65535, /* bytes: its length is a u16 */
	TILE_PATH_MAX = 64,     /* characters of the longest path, and a NUL */
	TILE_BYTES_MAX = TILE_WIDTH * HASH_BYTES,
};

struct tile {
	bool entries;   /* of entries, else of hashes */
	uint8_t level;  /* 0 for entries */
	uint32_t width; /* 1 .. 256; 256 is a full tile */
	uint64_t index;
};

/* Appends the path, without a leading slash. */
void tile_path_format(struct buf *out, const struct tile *tile);

/* Reads a path. STATUS_OK; STATUS_INVALID: not one in its one form. */
enum status tile_path_parse(struct tile *tile, struct bytes path) NODISCARD;

/* STATUS_OK when a tree of `size` leaves has all of the tile; else STATUS_OUT_OF_RANGE. */
enum status tile_check(const struct tile *tile, uint64_t size) NODISCARD;

/* Appends the hashes of a tile that tile_check found in the view's tree.
 * STATUS_OK, STATUS_CORRUPT when nodes are missing, STATUS_IO, STATUS_NO_MEMORY. */
enum status tile_read_hashes(struct store_view *view, struct buf *out,
                             const struct tile *tile) NODISCARD;

/* Appends one entry of a tile of entries. At most TILE_ENTRY_MAX bytes (asserted: records are far
 * smaller). */
void tile_append_entry(struct buf *out, struct bytes entry);

#endif
