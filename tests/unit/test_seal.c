/* Goal: a sealed batch opens in its own place with its own key, and nowhere else.
 * Method: seal, then change each byte, the place, the key and the length; key files of every kind.
 */
#include "ledger/format.h"
#include "node/seal.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { ROOM = 4096 };

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static struct seal_key key;
static struct buf sealed, opened;
static struct detail detail;
static const struct seal_place place = { .generation = { 1, 2, 3 }, .number = 7 };

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	folder_new(&folder);
	folder_file(path, &folder, "sealing.key");
	buf_init(&sealed, ROOM);
	buf_init(&opened, ROOM);
	ck_assert_int_eq(seal_key_create(path, &detail), STATUS_OK);
	ck_assert_int_eq(seal_key_load(&key, path, &detail), STATUS_OK);
	ck_assert_int_eq(seal_batch(&sealed, &key, &place, bytes_of_string("a batch")), STATUS_OK);
}

static void teardown(void)
{
	buf_fini(&sealed);
	buf_fini(&opened);
	folder_remove(&folder);
}

static enum status open_at(const struct seal_place *where)
{
	return seal_open(&opened, &key, where, buf_bytes(&sealed), &detail);
}

START_TEST(a_batch_opens_in_its_place)
{
	ck_assert_int_eq(open_at(&place), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&opened), bytes_of_string("a batch")));
}
END_TEST

START_TEST(the_same_batch_is_never_sealed_to_the_same_bytes)
{
	struct buf again;

	buf_init(&again, ROOM);
	ck_assert_int_eq(seal_batch(&again, &key, &place, bytes_of_string("a batch")), STATUS_OK);
	ck_assert(!bytes_equal(buf_bytes(&again), buf_bytes(&sealed)));
	buf_fini(&again);
}
END_TEST

START_TEST(another_slot_or_order_does_not_open_it)
{
	struct seal_place other = place;

	other.number++;
	ck_assert_int_eq(open_at(&other), STATUS_CORRUPT);
	other = place;
	other.generation[SEAL_GENERATION_BYTES - 1] ^= 1;
	ck_assert_int_eq(open_at(&other), STATUS_CORRUPT);
	ck_assert_uint_eq(opened.size, 0);
}
END_TEST

START_TEST(every_bit_of_it_counts)
{
	for (size_t i = 0; i < 8 * sealed.size; i++) {
		size_t byte = i / 8;
		enum status wanted =
		        byte == 0 ? STATUS_UNSUPPORTED
		                  : (byte <= SEAL_NAME_BYTES ? STATUS_DENIED : STATUS_CORRUPT);

		sealed.data[byte] ^= (uint8_t)(1U << (i % 8));
		/* The first bit of format 1 makes format 0, which nobody ever wrote. */
		wanted = sealed.data[0] == 0 ? STATUS_UNSUPPORTED : wanted;
		ck_assert_int_eq(open_at(&place), wanted);
		sealed.data[byte] ^= (uint8_t)(1U << (i % 8));
	}
	ck_assert_int_eq(open_at(&place), STATUS_OK);
}
END_TEST

START_TEST(every_cut_is_found)
{
	const size_t whole = sealed.size;

	for (sealed.size = 0; sealed.size < whole; sealed.size++) {
		ck_assert_int_eq(open_at(&place), STATUS_CORRUPT);
	}
}
END_TEST

START_TEST(a_later_format_names_the_way_out)
{
	sealed.data[0] = BATCH_FORMAT_READ + 1;
	ck_assert_int_eq(open_at(&place), STATUS_UNSUPPORTED);
	ck_assert_ptr_nonnull(strstr(detail.text, "install the release"));
}
END_TEST

START_TEST(another_key_is_told_apart_from_damage)
{
	char other[FOLDER_PATH_MAX];

	folder_file(other, &folder, "other.key");
	ck_assert_int_eq(seal_key_create(other, &detail), STATUS_OK);
	ck_assert_int_eq(seal_key_load(&key, other, &detail), STATUS_OK);
	ck_assert_int_eq(open_at(&place), STATUS_DENIED);
}
END_TEST

START_TEST(too_little_room_is_no_damage)
{
	struct buf small;

	buf_init(&small, 3);
	ck_assert_int_eq(seal_batch(&small, &key, &place, bytes_of_string("a batch")),
	                 STATUS_NO_MEMORY);
	buf_reset(&small);
	ck_assert_int_eq(seal_open(&small, &key, &place, buf_bytes(&sealed), &detail),
	                 STATUS_NO_MEMORY);
	buf_fini(&small);
}
END_TEST

START_TEST(a_key_file_is_not_overwritten)
{
	ck_assert_int_eq(seal_key_create(path, &detail), STATUS_EXISTS);
	ck_assert_int_eq(open_at(&place), STATUS_OK);
}
END_TEST

START_TEST(a_key_that_others_may_read_is_refused)
{
	ck_assert_int_eq(chmod(path, 0640), 0);
	ck_assert_int_eq(seal_key_load(&key, path, &detail), STATUS_DENIED);
	ck_assert_ptr_nonnull(strstr(detail.text, "chmod 600"));
}
END_TEST

START_TEST(no_key_and_half_a_key_are_told)
{
	static const char *const wrong[] = { "", "00", "0g", "\n" };
	char other[FOLDER_PATH_MAX];

	folder_file(other, &folder, "wrong.key");
	ck_assert_int_eq(seal_key_load(&key, other, &detail), STATUS_NOT_FOUND);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		folder_write(other, wrong[i], strlen(wrong[i]));
		ck_assert_int_eq(chmod(other, 0600), 0);
		ck_assert_int_eq(seal_key_load(&key, other, &detail), STATUS_CORRUPT);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("seal");
	TCase *tcase = tcase_create("seal");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_batch_opens_in_its_place);
	tcase_add_test(tcase, the_same_batch_is_never_sealed_to_the_same_bytes);
	tcase_add_test(tcase, another_slot_or_order_does_not_open_it);
	tcase_add_test(tcase, every_bit_of_it_counts);
	tcase_add_test(tcase, every_cut_is_found);
	tcase_add_test(tcase, a_later_format_names_the_way_out);
	tcase_add_test(tcase, another_key_is_told_apart_from_damage);
	tcase_add_test(tcase, too_little_room_is_no_damage);
	tcase_add_test(tcase, a_key_file_is_not_overwritten);
	tcase_add_test(tcase, a_key_that_others_may_read_is_refused);
	tcase_add_test(tcase, no_key_and_half_a_key_are_told);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
