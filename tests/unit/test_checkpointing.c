/* Goal: a size is signed once, its note opens with the node's key, and a ledger that is smaller
 * than or other than what was signed is refused.
 * Method: heads told by hand; stopping signs the last; started again over the file left. */
#include "node/checkpointing.h"

#include "ledger/base/crypto.h"
#include "ledger/log/checkpoint.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static struct identity identity;
static struct detail detail;
static struct buf note;
static struct checkpointing *checkpointing;

static void fatal(void *context, enum status status, const struct detail *why)
{
	(void)context;
	ck_abort_msg("%s: %s", status_name(status), why->text);
}

static struct ledger_head head_of(uint64_t size)
{
	struct ledger_head head = { .size = size };

	memset(head.root.bytes, (int)size, HASH_BYTES);
	return head;
}

static enum status root_at(void *context, struct hash *root, uint64_t size)
{
	(void)context;
	*root = head_of(size).root;
	return STATUS_OK;
}

static enum status other_root_at(void *context, struct hash *root, uint64_t size)
{
	(void)context;
	*root = head_of(size + 1).root;
	return STATUS_OK;
}

static void setup(void)
{
	const uint8_t seed[32] = { 3 };

	ck_assert_int_eq(crypto_init(), STATUS_OK);
	folder_new(&folder);
	folder_file(path, &folder, "checkpoint");
	identity = (struct identity){ .node = "solo", .origin = "ledger.example/solo" };
	crypto_keypair(identity.public_key, identity.secret_key, seed);
	buf_init(&note, CHECKPOINT_NOTE_MAX);
}

static void teardown(void)
{
	buf_fini(&note);
	folder_remove(&folder);
}

static enum status start(uint64_t size,
                         enum status (*root)(void *context, struct hash *root, uint64_t size))
{
	const struct checkpointing_options options = { .identity = &identity,
		                                       .path = path,
		                                       .fatal = fatal };
	struct ledger_head head = head_of(size);

	checkpointing = NULL;
	return checkpointing_start(&checkpointing, &options, &head, root, NULL, &detail);
}

/* Starts at a size and stops: the size is signed. */
static void sign(uint64_t size)
{
	ck_assert_int_eq(start(size, root_at), STATUS_OK);
	checkpointing_stop(checkpointing);
}

static size_t read_file(uint8_t bytes[CHECKPOINT_NOTE_MAX])
{
	return folder_read(path, bytes, CHECKPOINT_NOTE_MAX);
}

START_TEST(the_note_opens_with_the_nodes_key)
{
	static uint8_t bytes[CHECKPOINT_NOTE_MAX];
	struct checkpoint checkpoint;
	struct note_key key;
	struct ledger_head last = head_of(7);

	ck_assert_int_eq(start(5, root_at), STATUS_OK);
	checkpointing_notify(checkpointing, &last);
	checkpointing_stop(checkpointing);
	size_t size = read_file(bytes);
	ck_assert_int_eq(
	        note_key_init(&key, identity.origin, NOTE_KEY_ED25519, identity.public_key),
	        STATUS_OK);
	ck_assert_int_eq(checkpoint_open(&checkpoint, bytes_of(bytes, size), &key), STATUS_OK);
	ck_assert_uint_eq(checkpoint.head.size, 7);
	ck_assert(hash_equal(&checkpoint.head.root, &last.root));
	ck_assert_str_eq(checkpoint.origin, identity.origin);
}
END_TEST

START_TEST(a_size_that_was_signed_is_given_and_not_signed_again)
{
	static uint8_t bytes[CHECKPOINT_NOTE_MAX];

	sign(5);
	size_t size = read_file(bytes);
	ck_assert_int_eq(start(5, root_at), STATUS_OK);
	ck_assert_uint_eq(checkpointing_size(checkpointing), 5);
	ck_assert_int_eq(checkpointing_newest(checkpointing, &note), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&note), bytes_of(bytes, size)));
	struct ledger_head same = head_of(5);
	folder_remove(&folder); /* signing would fail now, and that is fatal */
	checkpointing_notify(checkpointing, &same);
	checkpointing_stop(checkpointing);
	folder_new(&folder);
}
END_TEST

START_TEST(a_ledger_smaller_than_what_was_signed_is_refused)
{
	sign(5);
	ck_assert_int_eq(start(4, root_at), STATUS_OUT_OF_RANGE);
	ck_assert_ptr_null(checkpointing);
	ck_assert_ptr_nonnull(strstr(detail.text, "signed 5 records and holds 4"));
}
END_TEST

START_TEST(other_records_than_were_signed_are_divergence)
{
	sign(5);
	ck_assert_int_eq(start(6, other_root_at), STATUS_DIVERGED);
	ck_assert_ptr_nonnull(strstr(detail.text, "first 5 records"));
}
END_TEST

START_TEST(a_file_that_is_no_checkpoint_of_ours_is_corruption) /* loop 2 */
{
	static uint8_t bytes[CHECKPOINT_NOTE_MAX];

	sign(5);
	size_t size = read_file(bytes);
	if (_i == 0) {
		bytes[size - 3] ^= 1;
		folder_write(path, bytes, size);
	} else {
		identity.public_key[0] ^= 1;
	}
	ck_assert_int_eq(start(5, root_at), STATUS_CORRUPT);
	ck_assert_str_eq(detail.path, path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("checkpointing");
	TCase *tcase = tcase_create("checkpointing");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_note_opens_with_the_nodes_key);
	tcase_add_test(tcase, a_size_that_was_signed_is_given_and_not_signed_again);
	tcase_add_test(tcase, a_ledger_smaller_than_what_was_signed_is_refused);
	tcase_add_test(tcase, other_records_than_were_signed_are_divergence);
	tcase_add_loop_test(tcase, a_file_that_is_no_checkpoint_of_ours_is_corruption, 0, 2);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
