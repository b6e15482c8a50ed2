/* Goal: only callers with a certificate of our authority reach a handler, the server knows exactly
 * which certificate it was, and new certificates come into force without a restart.
 * Method: certificates made with openssl in a fresh folder; our own client with good, foreign,
 * expired and no certificates; the fingerprint is compared with what openssl says. */
#include "api/rpc_library.h"
#include "api/rpc_tls.h"
#include "tests/support/certificates.h"
#include "tests/support/rpc_fixture.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define ADDRESSES "IP:127.0.0.1,DNS:node1.test"

static const struct certificate certificates[] = {
	{ "ca", NULL, NULL, 30 },
	{ "other-ca", NULL, NULL, 30 },
	{ "server", "ca", ADDRESSES, 30 },
	{ "officer", "ca", "URI:spiffe://civil.test/office/120101,DNS:officer.test", 30 },
	{ "expired", "ca", "DNS:expired.test", -1 },
	{ "foreign", "other-ca", ADDRESSES, 30 },
};

static struct folder folder;
static struct rpc_fixture fixture;
static struct rpc_outcome outcome;
static struct rpc_tls *server_tls;

static struct rpc_tls_files files_of(const char *authority, const char *name)
{
	static char paths[3][FOLDER_PATH_MAX];
	char file[64];

	(void)snprintf(file, sizeof(file), "%s.pem", authority);
	folder_file(paths[0], &folder, file);
	(void)snprintf(file, sizeof(file), "%s.pem", name);
	folder_file(paths[1], &folder, file);
	(void)snprintf(file, sizeof(file), "%s.key", name);
	folder_file(paths[2], &folder, file);
	return (struct rpc_tls_files){ paths[0], paths[1], paths[2] };
}

static struct rpc_tls *tls_of(const char *authority, const char *name)
{
	struct rpc_tls_files files = files_of(authority, name);
	struct rpc_tls *tls = NULL;
	struct detail detail;
	enum status status = rpc_tls_open(&tls, &detail, &files);

	ck_assert_msg(status == STATUS_OK, "%s: %s", detail.path, detail.text);
	return tls;
}

static void setup(void)
{
	rpc_library_start(NULL);
	folder_new(&folder);
	for (size_t i = 0; i < sizeof(certificates) / sizeof(certificates[0]); i++) {
		certificate_make(&folder, &certificates[i]);
	}
	server_tls = tls_of("ca", "server");
	rpc_fixture_start(&fixture, server_tls, 0, 0);
}

static void teardown(void)
{
	rpc_fixture_stop(&fixture);
	rpc_tls_close(server_tls);
	rpc_library_stop();
	folder_remove(&folder);
}

/* Calls Who with another client; NULL is plaintext. */
static enum status who(const char *authority, const char *name, const char *server_name,
                       char answer[ECHO_TEXT_MAX])
{
	struct rpc_tls *tls = name == NULL ? NULL : tls_of(authority, name);
	struct rpc_client_options options = {
		.target = fixture.target,
		.tls = tls,
		.server_name = server_name,
	};
	struct rpc_client *kept = fixture.client;
	const char *told;

	ck_assert_int_eq(rpc_client_new(&fixture.client, NULL, &options), STATUS_OK);
	enum status status = rpc_fixture_call(&fixture, "Who", "", &told, &outcome);
	(void)snprintf(answer, ECHO_TEXT_MAX, "%s", told == NULL ? "" : told);
	rpc_client_free(fixture.client);
	fixture.client = kept;
	rpc_tls_close(tls);
	return status;
}

START_TEST(a_caller_is_known_by_the_fingerprint_of_its_certificate)
{
	char answer[ECHO_TEXT_MAX];
	char expected[65];

	certificate_fingerprint(expected, &folder, "officer");
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(who("ca", "officer", NULL, answer), STATUS_OK);
		ck_assert_int_eq(strncmp(answer, expected, 64), 0);
		ck_assert_ptr_nonnull(strstr(answer, "CN=officer"));
		ck_assert_ptr_nonnull(strstr(answer, "spiffe://civil.test/office/120101"));
	}
	ck_assert_int_eq(who("ca", "server", NULL, answer), STATUS_OK);
	ck_assert_int_ne(strncmp(answer, expected, 64), 0);
}
END_TEST

START_TEST(calls_of_one_connection_have_one_identity)
{
	const char *answer;
	char expected[65];

	certificate_fingerprint(expected, &folder, "server");
	for (int i = 0; i < 100; i++) {
		ck_assert_int_eq(rpc_fixture_call(&fixture, "Who", "", &answer, &outcome),
		                 STATUS_OK);
		ck_assert_int_eq(strncmp(answer, expected, 64), 0);
	}
}
END_TEST

START_TEST(strangers_are_refused_in_the_handshake) /* loop test */
{
	static const struct {
		const char *authority;
		const char *name;
	} strangers[] = {
		{ "ca", "foreign" },       /* signed by another authority */
		{ "ca", "expired" },       /* over */
		{ "ca", "other-ca" },      /* another authority itself */
		{ "other-ca", "officer" }, /* a good caller that does not know our authority */
		{ NULL, NULL },            /* plaintext */
	};
	char answer[ECHO_TEXT_MAX];
	struct rpc_server_stats stats;

	ck_assert_int_eq(who(strangers[_i].authority, strangers[_i].name, NULL, answer),
	                 STATUS_UNAVAILABLE);
	rpc_server_stats(&stats, fixture.server);
	ck_assert_uint_eq(stats.counters[RPC_COUNTER_CALLS], 0);
	ck_assert_int_eq(who("ca", "officer", NULL, answer), STATUS_OK);
}
END_TEST

START_TEST(the_server_must_show_the_name_that_the_client_expects)
{
	char answer[ECHO_TEXT_MAX];

	ck_assert_int_eq(who("ca", "officer", "node1.test", answer), STATUS_OK);
	ck_assert_int_eq(who("ca", "officer", "node2.test", answer), STATUS_UNAVAILABLE);
}
END_TEST

START_TEST(a_replaced_certificate_is_in_force_for_the_next_connection)
{
	static const struct certificate renewed = { "server", "ca", "DNS:node2.test", 30 };
	char answer[ECHO_TEXT_MAX];

	unsigned before = rpc_tls_generation(server_tls);
	ck_assert_int_eq(who("ca", "officer", "node1.test", answer), STATUS_OK);
	ck_assert_uint_eq(rpc_tls_generation(server_tls), before);
	certificate_make(&folder, &renewed);
	ck_assert_int_eq(who("ca", "officer", "node2.test", answer), STATUS_OK);
	ck_assert_int_eq(who("ca", "officer", "node1.test", answer), STATUS_UNAVAILABLE);
	ck_assert_uint_eq(rpc_tls_generation(server_tls), before + 1);
}
END_TEST

START_TEST(a_damaged_or_mismatched_set_leaves_the_old_one_in_force) /* loop test */
{
	static const char *const texts[] = {
		"", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
		NULL, /* the key of another certificate */
	};
	char path[FOLDER_PATH_MAX];
	char from[FOLDER_PATH_MAX];
	char key[4096];
	char answer[ECHO_TEXT_MAX];

	folder_file(path, &folder, "server.key");
	if (texts[_i] != NULL) {
		folder_write(path, texts[_i], strlen(texts[_i]));
	} else {
		folder_file(from, &folder, "officer.key");
		folder_write(path, key, folder_read(from, key, sizeof(key)));
	}
	ck_assert_int_eq(chmod(path, 0600), 0);
	/* The client would read the same broken files, so another certificate is used. */
	ck_assert_int_eq(who("ca", "officer", "node1.test", answer), STATUS_OK);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(who("ca", "officer", "node1.test", answer), STATUS_OK);
}
END_TEST

START_TEST(files_that_cannot_serve_are_named)
{
	struct rpc_tls_files files = files_of("ca", "server");
	struct rpc_tls *tls = NULL;
	struct detail detail;
	char missing[FOLDER_PATH_MAX];
	char empty[FOLDER_PATH_MAX];

	folder_file(missing, &folder, "missing.pem");
	folder_file(empty, &folder, "empty.pem");
	folder_write(empty, "", 0);

	files.certificate = missing;
	ck_assert_int_eq(rpc_tls_open(&tls, &detail, &files), STATUS_IO);
	ck_assert_str_eq(detail.path, missing);
	files.certificate = empty;
	ck_assert_int_eq(rpc_tls_open(&tls, &detail, &files), STATUS_INVALID);
	ck_assert_str_eq(detail.path, empty);
	files = files_of("ca", "server");
	files.certificate = files.key; /* a PEM file, but of another kind */
	ck_assert_int_eq(rpc_tls_open(&tls, &detail, &files), STATUS_INVALID);
	files = files_of("ca", "server");
	files.authority = folder.path;
	ck_assert_int_eq(rpc_tls_open(&tls, &detail, &files), STATUS_INVALID);
	ck_assert_ptr_null(tls);
}
END_TEST

START_TEST(a_key_that_others_may_use_is_denied) /* loop test */
{
	static const struct {
		mode_t mode;
		enum status status;
	} modes[] = {
		{ 0600, STATUS_OK },     { 0400, STATUS_OK },     { 0640, STATUS_OK },
		{ 0644, STATUS_DENIED }, { 0601, STATUS_DENIED }, { 0660, STATUS_DENIED },
	};
	struct rpc_tls_files files = files_of("ca", "officer");
	struct rpc_tls *tls = NULL;
	struct detail detail;

	ck_assert_int_eq(chmod(files.key, modes[_i].mode), 0);
	ck_assert_int_eq(rpc_tls_open(&tls, &detail, &files), modes[_i].status);
	rpc_tls_close(tls);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rpc_tls");
	TCase *tcase = tcase_create("rpc_tls");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_caller_is_known_by_the_fingerprint_of_its_certificate);
	tcase_add_test(tcase, calls_of_one_connection_have_one_identity);
	tcase_add_loop_test(tcase, strangers_are_refused_in_the_handshake, 0, 5);
	tcase_add_test(tcase, the_server_must_show_the_name_that_the_client_expects);
	tcase_add_test(tcase, a_replaced_certificate_is_in_force_for_the_next_connection);
	tcase_add_loop_test(tcase, a_damaged_or_mismatched_set_leaves_the_old_one_in_force, 0, 3);
	tcase_add_test(tcase, files_that_cannot_serve_are_named);
	tcase_add_loop_test(tcase, a_key_that_others_may_use_is_denied, 0, 6);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
