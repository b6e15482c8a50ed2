/* Goal: a manifest is read as it was written and signed, in its one form, and nothing else is one.
 * Method: there and back; every byte changed; forms that a lenient reader would take; other keys.
 */
#include "ledger/base/crypto.h"
#include "node/manifest.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static struct manifest manifest, found;
static struct buf note;
static struct detail detail;
static uint8_t secret_key[SECRET_KEY_BYTES];

static void add(const char *name, uint64_t size)
{
	struct manifest_file *file = manifest_add(&manifest);

	ck_assert_ptr_nonnull(file);
	file->size = size;
	(void)snprintf(file->name, sizeof(file->name), "%s", name);
}

static void setup(void)
{
	static const uint8_t seed[32] = { 7 };
	uint8_t public_key[PUBLIC_KEY_BYTES];

	ck_assert_int_eq(crypto_init(), STATUS_OK);
	manifest_init(&manifest);
	manifest_init(&found);
	buf_init(&note, 1 << 16);
	(void)snprintf(manifest.node, sizeof(manifest.node), "kep");
	(void)snprintf(manifest.origin, sizeof(manifest.origin), "civil.example/kep");
	crypto_keypair(public_key, secret_key, seed);
	ck_assert_int_eq(
	        note_key_init(&manifest.key, manifest.origin, NOTE_KEY_ED25519, public_key),
	        STATUS_OK);
	manifest.number = 3;
	manifest.made_at_ms = 1790000000000;
	manifest.store_format = 1;
	manifest.head = (struct ledger_head){ .batch = 2, .size = 9, .recorded_at_ms = 5 };
	add("checkpoint", 200);
	add("store/MANIFEST-000012", 12);
	ck_assert_int_eq(manifest_seal(&note, &manifest, secret_key), STATUS_OK);
}

static void teardown(void)
{
	manifest_fini(&manifest);
	manifest_fini(&found);
	buf_fini(&note);
}

static enum status open_note(const struct note_key *pinned)
{
	manifest_fini(&found);
	return manifest_open(&found, buf_bytes(&note), pinned, &detail);
}

START_TEST(it_comes_back)
{
	ck_assert_int_eq(open_note(NULL), STATUS_OK);
	ck_assert_str_eq(found.node, "kep");
	ck_assert_uint_eq(found.number, 3);
	ck_assert_int_eq(found.made_at_ms, 1790000000000);
	ck_assert_uint_eq(found.head.size, 9);
	ck_assert_uint_eq(found.file_count, 2);
	ck_assert_str_eq(found.files[1].name, "store/MANIFEST-000012");
	ck_assert_uint_eq(manifest_bytes(&found), 212);
	ck_assert_int_eq(open_note(&manifest.key), STATUS_OK);
}
END_TEST

START_TEST(every_bit_counts)
{
	for (size_t i = 0; i < 8 * note.size; i++) {
		enum status status;

		note.data[i / 8] ^= (uint8_t)(1U << (i % 8));
		status = open_note(NULL);
		ck_assert_msg(status == STATUS_CORRUPT || status == STATUS_UNSUPPORTED,
		              "bit %zu: %s", i, status_name(status));
		note.data[i / 8] ^= (uint8_t)(1U << (i % 8));
	}
	ck_assert_int_eq(open_note(NULL), STATUS_OK);
}
END_TEST

START_TEST(every_cut_is_found)
{
	const size_t whole = note.size;

	for (note.size = 0; note.size < whole; note.size++) {
		ck_assert_int_eq(open_note(NULL), STATUS_CORRUPT);
	}
}
END_TEST

START_TEST(a_stranger_is_told_apart_from_damage)
{
	static const uint8_t seed[32] = { 8 };
	uint8_t other_secret[SECRET_KEY_BYTES];
	uint8_t public_key[PUBLIC_KEY_BYTES];
	struct note_key other;

	crypto_keypair(public_key, other_secret, seed);
	ck_assert_int_eq(note_key_init(&other, manifest.origin, NOTE_KEY_ED25519, public_key),
	                 STATUS_OK);
	ck_assert_int_eq(open_note(&other), STATUS_DENIED);
	ck_assert_ptr_nonnull(strstr(detail.text, "another key"));
}
END_TEST

/* Signs a text that the writer would not make. */
static void sign_text(const char *from, const char *to)
{
	struct buf text;
	struct bytes old = buf_bytes(&note);
	const char *chars = (const char *)old.data;
	const char *end = strstr(chars, "\n\n");
	const char *at = strstr(chars, from);

	ck_assert_ptr_nonnull(end);
	ck_assert_ptr_nonnull(at);
	buf_init(&text, 1 << 16);
	buf_append(&text, bytes_of(chars, (size_t)(at - chars)));
	buf_append_string(&text, to);
	at += strlen(from);
	buf_append(&text, bytes_of(at, (size_t)(end + 1 - at)));
	buf_reset(&note);
	note_begin(&note, buf_bytes(&text));
	note_sign(&note, buf_bytes(&text), &manifest.key, secret_key);
	ck_assert_int_eq(buf_status(&note), STATUS_OK);
	buf_fini(&text);
}

START_TEST(a_text_in_another_form_is_refused_though_it_is_signed)
{
	static const char *const changes[][2] = {
		{ "number 3", "number 03" },
		{ "number 3", "number  3" },
		{ "files 2", "files 1" },
		{ "files 2", "files 3" },
		{ "files 2", "files 99999" },
		{ "number 3", "number 99999999999999999999" },
		{ "checkpoint", "node.key" },
		{ "checkpoint", "../checkpoint" },
		{ "store/MANIFEST", "store/../x" },
		{ "origin civil.example/kep", "origin other" },
		{ "made 1", "made +1" },
		{ "backup/v1", "backup/v0" },
	};

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		buf_reset(&note);
		ck_assert_int_eq(manifest_seal(&note, &manifest, secret_key), STATUS_OK);
		buf_append_u8(&note, 0);
		sign_text(changes[i][0], changes[i][1]);
		ck_assert_msg(open_note(NULL) == STATUS_CORRUPT, "%s", changes[i][1]);
	}
}
END_TEST

START_TEST(a_newer_version_is_named)
{
	buf_append_u8(&note, 0);
	sign_text("backup/v1", "backup/v2");
	ck_assert_int_eq(open_note(NULL), STATUS_UNSUPPORTED);
	ck_assert_ptr_nonnull(strstr(detail.text, "format 2"));
}
END_TEST

START_TEST(a_note_without_room_is_not_made)
{
	struct buf small;

	buf_init(&small, 100);
	ck_assert_int_eq(manifest_seal(&small, &manifest, secret_key), STATUS_NO_MEMORY);
	buf_fini(&small);
}
END_TEST

START_TEST(only_so_many_files_fit)
{
	while (manifest.file_count < MANIFEST_FILES_MAX) {
		ck_assert_ptr_nonnull(manifest_add(&manifest));
	}
	ck_assert_ptr_null(manifest_add(&manifest));
}
END_TEST

START_TEST(names_lead_nowhere_else)
{
	static const char *const good[] = { "checkpoint", "store/000001.sst", "store/CURRENT",
		                            "store/a..b" };
	static const char *const bad[] = {
		"",          "store",    "store/",   "store/.",   "store/..",  "store/.hidden",
		"store/a/b", "/store/a", "identity", "store/a b", "store/a\n", "checkpoint/"
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ck_assert_msg(manifest_name_is_valid(good[i]), "%s", good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ck_assert_msg(!manifest_name_is_valid(bad[i]), "%s", bad[i]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("manifest");
	TCase *tcase = tcase_create("manifest");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, it_comes_back);
	tcase_add_test(tcase, every_bit_counts);
	tcase_add_test(tcase, every_cut_is_found);
	tcase_add_test(tcase, a_stranger_is_told_apart_from_damage);
	tcase_add_test(tcase, a_text_in_another_form_is_refused_though_it_is_signed);
	tcase_add_test(tcase, a_newer_version_is_named);
	tcase_add_test(tcase, a_note_without_room_is_not_made);
	tcase_add_test(tcase, only_so_many_files_fit);
	tcase_add_test(tcase, names_lead_nowhere_else);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
