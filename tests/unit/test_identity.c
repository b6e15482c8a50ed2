/* Goal: an identity is written once and read back; anything else in its files is refused.
 * Method: names at their bounds; each file missing, changed, cut or open to others. */
#include "node/identity.h"

#include "ledger/base/crypto.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_MAX = 512 };

static const uint8_t seed[32] = { 1, 2, 3 };
static struct folder folder;
static char identity_path[FOLDER_PATH_MAX];
static char key_path[FOLDER_PATH_MAX];
static struct identity made;
static struct identity loaded;
static struct detail detail;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	folder_new(&folder);
	folder_file(identity_path, &folder, "identity");
	folder_file(key_path, &folder, "node.key");
	made = (struct identity){ .node = "pp-1", .origin = "ledger.example/pp-1" };
	memset(made.ledger.bytes, 0xab, ID_BYTES);
	ck_assert_int_eq(identity_create(folder.path, &made, seed, &detail), STATUS_OK);
}

static void teardown(void)
{
	folder_remove(&folder);
}

START_TEST(an_identity_reads_back)
{
	ck_assert_int_eq(identity_load(folder.path, &loaded, &detail), STATUS_OK);
	ck_assert_str_eq(loaded.node, made.node);
	ck_assert_str_eq(loaded.origin, made.origin);
	ck_assert(id_equal(&loaded.ledger, &made.ledger));
	ck_assert_mem_eq(loaded.public_key, made.public_key, PUBLIC_KEY_BYTES);
	ck_assert_mem_eq(loaded.secret_key, made.secret_key, SECRET_KEY_BYTES);
}
END_TEST

START_TEST(the_key_is_private_and_wiped)
{
	const uint8_t zero[SECRET_KEY_BYTES] = { 0 };
	struct stat present;

	ck_assert_int_eq(stat(key_path, &present), 0);
	ck_assert_uint_eq(present.st_mode & 0777u, 0600);
	identity_fini(&made);
	ck_assert_mem_eq(made.secret_key, zero, SECRET_KEY_BYTES);
}
END_TEST

START_TEST(a_key_that_others_may_read_is_refused)
{
	ck_assert_int_eq(chmod(key_path, 0640), 0);
	ck_assert_int_eq(identity_load(folder.path, &loaded, &detail), STATUS_DENIED);
	ck_assert_str_eq(detail.path, key_path);
	ck_assert_int_eq(chmod(key_path, 0604), 0);
	ck_assert_int_eq(identity_load(folder.path, &loaded, &detail), STATUS_DENIED);
}
END_TEST

START_TEST(a_folder_gets_one_identity)
{
	ck_assert_int_eq(identity_create(folder.path, &made, seed, &detail), STATUS_EXISTS);
}
END_TEST

START_TEST(a_folder_without_one_is_not_formatted)
{
	ck_assert_int_eq(unlink(identity_path), 0);
	ck_assert_int_eq(identity_load(folder.path, &loaded, &detail), STATUS_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(detail.text, "civild format"));
}
END_TEST

START_TEST(names_are_letters_digits_and_hyphens)
{
	char name[NODE_NAME_MAX + 2];

	memset(name, 'a', sizeof(name));
	name[NODE_NAME_MAX + 1] = '\0';
	ck_assert(!identity_name_is_valid(name));
	name[NODE_NAME_MAX] = '\0';
	ck_assert(identity_name_is_valid(name));
	ck_assert(identity_name_is_valid("z-9"));
	ck_assert(!identity_name_is_valid(""));
	ck_assert(!identity_name_is_valid("A"));
	ck_assert(!identity_name_is_valid("a b"));
	ck_assert(!identity_name_is_valid("a_b"));
}
END_TEST

START_TEST(bad_names_and_origins_are_not_written) /* loop 4 */
{
	static const char *const nodes[] = { "Bad", "good", "good", "good" };
	static const char *const origins[] = { "a", "", "a b", "a+b" };
	struct identity bad = made;

	ck_assert_int_eq(unlink(identity_path), 0);
	memcpy(bad.node, nodes[_i], strlen(nodes[_i]) + 1);
	memcpy(bad.origin, origins[_i], strlen(origins[_i]) + 1);
	ck_assert_int_eq(identity_create(folder.path, &bad, seed, &detail), STATUS_INVALID);
	ck_assert_int_ne(access(identity_path, F_OK), 0);
}
END_TEST

START_TEST(every_cut_of_either_file_is_corruption) /* loop 2 */
{
	const char *path = _i == 0 ? identity_path : key_path;
	char text[TEXT_MAX];
	size_t size = folder_read(path, text, sizeof(text));

	size_t end = _i == 0 ? size - 1 : size; /* an identity may lack its last line feed */

	for (size_t cut = 0; cut < end; cut++) {
		folder_write(path, text, cut);
		ck_assert_int_eq(identity_load(folder.path, &loaded, &detail), STATUS_CORRUPT);
		ck_assert_str_eq(detail.path, path);
	}
	folder_write(path, text, size);
	ck_assert_int_eq(identity_load(folder.path, &loaded, &detail), STATUS_OK);
}
END_TEST

START_TEST(a_key_of_other_characters_is_corruption)
{
	char text[TEXT_MAX];
	size_t size = folder_read(key_path, text, sizeof(text));

	text[7] = 'g';
	folder_write(key_path, text, size);
	ck_assert_int_eq(identity_load(folder.path, &loaded, &detail), STATUS_CORRUPT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("identity");
	TCase *tcase = tcase_create("identity");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_identity_reads_back);
	tcase_add_test(tcase, the_key_is_private_and_wiped);
	tcase_add_test(tcase, a_key_that_others_may_read_is_refused);
	tcase_add_test(tcase, a_folder_gets_one_identity);
	tcase_add_test(tcase, a_folder_without_one_is_not_formatted);
	tcase_add_test(tcase, names_are_letters_digits_and_hyphens);
	tcase_add_loop_test(tcase, bad_names_and_origins_are_not_written, 0, 4);
	tcase_add_loop_test(tcase, every_cut_of_either_file_is_corruption, 0, 2);
	tcase_add_test(tcase, a_key_of_other_characters_is_corruption);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
