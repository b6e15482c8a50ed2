/* Goal: roots, proofs, tiles and their paths are those of Go's library, and tiles exist exactly
 * where the tree has their hashes.
 * Method: grow the tree of tests/vectors/log.txt and compare everything in it; break each rule of
 * the paths; look one hash beyond each end. */
#include "ledger/log/tile.h"

#include "ledger/base/crypto.h"
#include "ledger/store/keys.h"
#include "tests/support/stores.h"
#include "tests/support/vectors.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { LEAVES = 600 };

static struct store_batch *batch;
static struct store_view *view;
static struct buf out;

static void setup(void)
{
	struct tree tree;

	vectors_load("tests/vectors/log.txt");
	buf_init(&out, TILE_BYTES_MAX + 100000);
	tree_init(&tree);
	batch = store_batch_begin(stores_store);
	view = store_batch_view(batch);
	for (int i = 0; i < LEAVES; i++) {
		char entry[32];
		struct hash leaf;

		(void)snprintf(entry, sizeof(entry), "entry %d", i);
		merkle_leaf(&leaf, bytes_of_string(entry));
		tree_append(&tree, batch, &leaf);
	}
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
}

static void teardown(void)
{
	store_batch_end(batch);
	vectors_free();
	buf_fini(&out);
}

static void hex_of(char hex[2 * HASH_BYTES + 1], struct bytes bytes)
{
	struct hash hash = crypto_sha256(bytes);

	bytes_to_hex(hex, bytes_of_hash(&hash));
}

START_TEST(roots_are_those_of_the_go_library)
{
	int compared = 0;

	for (int size = 1; size <= LEAVES; size++) {
		const char *expected = vectors_find("root_%d", size);
		char hex[2 * HASH_BYTES + 1];
		struct hash root;

		if (expected != NULL) {
			ck_assert_int_eq(tree_root_at(view, &root, (uint64_t)size), STATUS_OK);
			bytes_to_hex(hex, bytes_of_hash(&root));
			ck_assert_str_eq(hex, expected);
			compared++;
		}
	}
	ck_assert_int_eq(compared, 38);
}
END_TEST

static void ck_assert_proof(const struct proof *proof, const char *expected)
{
	char digest[2 * HASH_BYTES + 1];
	char line[100];

	hex_of(digest, bytes_of(proof->hashes, proof->count * HASH_BYTES));
	(void)snprintf(line, sizeof(line), "%zu:%s", proof->count, digest);
	ck_assert_str_eq(line, expected);
}

START_TEST(proofs_are_those_of_the_go_library)
{
	int compared = 0;

	for (uint64_t size = 1; size <= 70; size++) {
		for (uint64_t i = 0; i <= size; i++) {
			const char *inclusion =
			        vectors_find("inclusion_%" PRIu64 "_%" PRIu64, i, size);
			const char *consistency =
			        vectors_find("consistency_%" PRIu64 "_%" PRIu64, i, size);
			struct proof proof;

			if (inclusion != NULL) {
				ck_assert_int_eq(tree_prove_inclusion(view, &proof, i, size),
				                 STATUS_OK);
				ck_assert_proof(&proof, inclusion);
				compared++;
			}
			if (consistency != NULL) {
				ck_assert_int_eq(tree_prove_consistency(view, &proof, i, size),
				                 STATUS_OK);
				ck_assert_proof(&proof, consistency);
				compared++;
			}
		}
	}
	ck_assert_int_eq(compared, 2 * (1 + 2 + 3 + 5 + 8 + 21 + 64 + 70));
}
END_TEST

START_TEST(tiles_are_those_of_the_go_library)
{
	static const struct tile tiles[] = {
		{ .level = 0, .index = 0, .width = 256 }, { .level = 0, .index = 1, .width = 256 },
		{ .level = 0, .index = 2, .width = 88 },  { .level = 1, .index = 0, .width = 1 },
		{ .level = 1, .index = 0, .width = 2 },
	};

	for (size_t i = 0; i < sizeof(tiles) / sizeof(tiles[0]); i++) {
		const struct tile *tile = &tiles[i];
		const char *expected = vectors_find("tile_%u_%" PRIu64 "_%u", tile->level,
		                                    tile->index, tile->width);
		char digest[2 * HASH_BYTES + 1];
		char line[200];

		ck_assert_ptr_nonnull(expected);
		ck_assert_int_eq(tile_check(tile, LEAVES), STATUS_OK);
		buf_reset(&out);
		ck_assert_int_eq(tile_read_hashes(view, &out, tile), STATUS_OK);
		ck_assert_uint_eq(out.size, tile->width * HASH_BYTES);
		hex_of(digest, buf_bytes(&out));
		buf_reset(&out);
		tile_path_format(&out, tile);
		buf_append_u8(&out, 0);
		(void)snprintf(line, sizeof(line), "%s:%s", (const char *)out.data, digest);
		ck_assert_str_eq(line, expected);
	}
}
END_TEST

START_TEST(paths_are_those_of_the_go_library)
{
	static const uint64_t indexes[] = { 0,       1,         999,        1000,      1001,
		                            1234067, 999999999, 1000000000, 1ULL << 54 };

	for (size_t i = 0; i < sizeof(indexes) / sizeof(indexes[0]); i++) {
		const char *expected = vectors_find("path_%zu_%" PRIu64, i % 8, indexes[i]);
		struct tile tile = { .level = (uint8_t)(i % 8),
			             .index = indexes[i],
			             .width = TILE_WIDTH };
		struct tile parsed;

		ck_assert_ptr_nonnull(expected);
		buf_reset(&out);
		tile_path_format(&out, &tile);
		ck_assert(bytes_equal(buf_bytes(&out), bytes_of_string(expected)));
		ck_assert_int_eq(tile_path_parse(&parsed, buf_bytes(&out)), STATUS_OK);
		ck_assert_uint_eq(parsed.index, tile.index);
		ck_assert_uint_eq(parsed.level, tile.level);
		ck_assert_uint_eq(parsed.width, TILE_WIDTH);
		ck_assert(!parsed.entries);
	}
}
END_TEST

START_TEST(paths_of_entries_and_of_every_width_come_back)
{
	for (uint32_t width = 1; width <= TILE_WIDTH; width++) {
		struct tile tile = { .entries = true, .index = 1234067, .width = width };
		struct tile parsed;

		buf_reset(&out);
		tile_path_format(&out, &tile);
		ck_assert_int_eq(tile_path_parse(&parsed, buf_bytes(&out)), STATUS_OK);
		ck_assert(parsed.entries);
		ck_assert_uint_eq(parsed.index, tile.index);
		ck_assert_uint_eq(parsed.width, width);
	}
}
END_TEST

START_TEST(other_paths_are_refused) /* loop test */
{
	static const char *const wrong[] = {
		"",
		"tile",
		"tile/",
		"tile/0",
		"tile/0/",
		"tile/0/0",
		"tile/0/0000",
		"tile/0/000/",
		"tile/0/x000",
		"tile/0/x000/001",
		"tile/0/x001",
		"tile/0/x001/",
		"tile/0/x001/x000",
		"tile/0/001/002",
		"tile/00/001",
		"tile/01/001",
		"tile/63/001",
		"tile/100/001",
		"tile/-1/001",
		"tile/x/001",
		"/tile/0/001",
		"tile/0/001.p",
		"tile/0/001.p/",
		"tile/0/001.p/0",
		"tile/0/001.p/01",
		"tile/0/001.p/256",
		"tile/0/001.p/1000",
		"tile/0/001.p/1/",
		"tile/0/001.p/-1",
		"tile/0/001 ",
		"tile/entries",
		"tile/entries/",
		"tile/entriesx/001",
		"tile/entries0/001",
		"tile/0/x009/x223/x372/x036/x854/x775/808",
		"tile/0/x001/x000/x000/x000/x000/x000/x000/000",
	};
	struct tile tile;

	ck_assert_uint_eq(sizeof(wrong) / sizeof(wrong[0]), 36);
	ck_assert_int_eq(tile_path_parse(&tile, bytes_of_string(wrong[_i])), STATUS_INVALID);
}
END_TEST

START_TEST(a_tile_exists_where_the_tree_has_all_its_hashes)
{
	struct tile tile = { .level = 0, .index = 2, .width = 88 };

	ck_assert_int_eq(tile_check(&tile, 600), STATUS_OK);
	ck_assert_int_eq(tile_check(&tile, 599), STATUS_OUT_OF_RANGE);
	tile.width = 89;
	ck_assert_int_eq(tile_check(&tile, 600), STATUS_OUT_OF_RANGE);
	tile = (struct tile){ .level = 1, .index = 0, .width = 2 };
	ck_assert_int_eq(tile_check(&tile, 512), STATUS_OK);
	ck_assert_int_eq(tile_check(&tile, 511), STATUS_OUT_OF_RANGE);
	tile = (struct tile){ .level = 0, .index = UINT64_MAX, .width = 1 };
	ck_assert_int_eq(tile_check(&tile, TREE_SIZE_MAX), STATUS_OUT_OF_RANGE);
	tile = (struct tile){ .level = TILE_LEVEL_MAX, .index = 0, .width = 127 };
	ck_assert_int_eq(tile_check(&tile, TREE_SIZE_MAX), STATUS_OK);
	tile.width = 128;
	ck_assert_int_eq(tile_check(&tile, TREE_SIZE_MAX), STATUS_OUT_OF_RANGE);
	tile = (struct tile){ .level = TILE_LEVEL_MAX + 1, .index = 0, .width = 1 };
	ck_assert_int_eq(tile_check(&tile, TREE_SIZE_MAX), STATUS_OUT_OF_RANGE);
}
END_TEST

START_TEST(a_tile_with_a_missing_or_shortened_hash_is_corruption) /* loop test: hash number */
{
	static const uint64_t indexes[] = { 512, 550, 599 };
	const struct tile tile = { .level = 0, .index = 2, .width = 88 };
	struct key key;

	key_tree(&key, 0, indexes[_i]);
	store_batch_put(batch, STORE_TREE, key_bytes(&key), bytes_of("short", 5));
	ck_assert_int_eq(tile_read_hashes(view, &out, &tile), STATUS_CORRUPT);
	store_batch_delete(batch, STORE_TREE, key_bytes(&key));
	ck_assert_int_eq(tile_read_hashes(view, &out, &tile), STATUS_CORRUPT);
}
END_TEST

START_TEST(entries_carry_their_length)
{
	uint8_t entry[TILE_ENTRY_MAX] = { 7 };

	tile_append_entry(&out, bytes_of_string("ab"));
	tile_append_entry(&out, bytes_of("", 0));
	ck_assert(bytes_equal(buf_bytes(&out), bytes_of("\0\2ab\0\0", 6)));
	tile_append_entry(&out, bytes_of(entry, sizeof(entry)));
	ck_assert_int_eq(buf_status(&out), STATUS_OK);
	ck_assert_uint_eq(out.size, 6 + 2 + TILE_ENTRY_MAX);
	ck_assert_mem_eq(out.data + 6, "\xff\xff\x07", 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tile");
	TCase *tcase = tcase_create("tile");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, stores_setup_memory, stores_teardown_memory);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, roots_are_those_of_the_go_library);
	tcase_add_test(tcase, proofs_are_those_of_the_go_library);
	tcase_add_test(tcase, tiles_are_those_of_the_go_library);
	tcase_add_test(tcase, paths_are_those_of_the_go_library);
	tcase_add_test(tcase, paths_of_entries_and_of_every_width_come_back);
	tcase_add_loop_test(tcase, other_paths_are_refused, 0, 36);
	tcase_add_test(tcase, a_tile_exists_where_the_tree_has_all_its_hashes);
	tcase_add_loop_test(tcase, a_tile_with_a_missing_or_shortened_hash_is_corruption, 0, 3);
	tcase_add_test(tcase, entries_carry_their_length);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
