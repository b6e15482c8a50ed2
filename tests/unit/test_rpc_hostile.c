/* Goal: bytes that are no gRPC end a connection, and never the server.
 * Method: raw sockets on the loopback send noise, halves and floods, and read until the server
 * closes or the test has sent all; after each a good call must be answered. */
#include "api/rpc_library.h"
#include "tests/support/rpc_fixture.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NOISE_BYTES = 1024 * 1024, FRAME_HEADER_BYTES = 9, CONNECTIONS = 100 };

static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
static const uint8_t settings[FRAME_HEADER_BYTES] = { 0, 0, 0, 4, 0, 0, 0, 0, 0 };

static struct rpc_fixture fixture;
static struct rpc_outcome outcome;

static void setup(void)
{
	struct detail detail;

	rpc_library_start(NULL);
	rpc_fixture_start(&fixture, NULL, 0, 0);
	/* On a crowded machine one attempt to connect is not always enough, and says nothing about
	 * the server: this client tries again up to its deadline. */
	const struct rpc_client_options patient = { .target = fixture.target,
		                                    .waits_for_server = true };
	rpc_client_free(fixture.client);
	ck_assert_int_eq(rpc_client_new(&fixture.client, &detail, &patient), STATUS_OK);
}

static void teardown(void)
{
	rpc_fixture_stop(&fixture);
	rpc_library_stop();
}

static void ck_assert_server_lives(void)
{
	const char *answer;
	enum status status = rpc_fixture_call(&fixture, "Echo", "alive", &answer, &outcome);

	ck_assert_msg(status == STATUS_OK, "%s: %s", status_name(status), outcome.detail.text);
	ck_assert_str_eq(answer, "alive");
}

static int connect_raw(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(rpc_server_port(fixture.server)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(connect(file, (struct sockaddr *)&address, sizeof(address)), 0);
	return file;
}

/* Sends until all is sent or the server has closed; true when all went. */
static bool send_raw(int file, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;

	while (size > 0) {
		ssize_t sent = send(file, at, size, MSG_NOSIGNAL);

		if (sent <= 0) {
			return false;
		}
		at += sent;
		size -= (size_t)sent;
	}
	return true;
}

/* Reads until the server closes. */
static void drain_raw(int file)
{
	uint8_t bytes[4096];

	while (recv(file, bytes, sizeof(bytes), 0) > 0) {
	}
}

/* Reads until the server has sent these bytes; it must not close before. */
static void wait_raw(int file, struct bytes wanted)
{
	uint8_t bytes[4096];
	size_t size = 0;

	while (memmem(bytes, size, wanted.data, wanted.size) == NULL) {
		ssize_t got = recv(file, bytes + size, sizeof(bytes) - size, 0);

		ck_assert_int_gt(got, 0);
		size += (size_t)got;
	}
}

/* A fixed stream of noise for each seed (xorshift). */
static void fill_noise(uint8_t *out, size_t size, uint64_t seed)
{
	uint64_t state = 0x9e3779b97f4a7c15u + seed;

	for (size_t i = 0; i < size; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		out[i] = (uint8_t)(state >> 32);
	}
}

static size_t frame_header(uint8_t out[FRAME_HEADER_BYTES], size_t size, uint8_t type,
                           uint8_t flags, uint8_t stream)
{
	const uint8_t header[FRAME_HEADER_BYTES] = { (uint8_t)(size >> 16),
		                                     (uint8_t)(size >> 8),
		                                     (uint8_t)size,
		                                     type,
		                                     flags,
		                                     0,
		                                     0,
		                                     0,
		                                     stream };

	memcpy(out, header, sizeof(header));
	return sizeof(header);
}

START_TEST(a_megabyte_of_noise_is_no_connection) /* loop test: seed */
{
	uint8_t *noise = malloc(NOISE_BYTES);
	int file = connect_raw();

	ck_assert_ptr_nonnull(noise);
	fill_noise(noise, NOISE_BYTES, (uint64_t)_i);
	(void)send_raw(file, noise, NOISE_BYTES);
	(void)shutdown(file, SHUT_WR);
	drain_raw(file);
	(void)close(file);
	free(noise);
	ck_assert_server_lives();
}
END_TEST

START_TEST(noise_in_frames_of_every_type_ends_the_connection) /* loop test: frame type */
{
	uint8_t noise[1024];
	uint8_t header[FRAME_HEADER_BYTES];

	for (uint64_t seed = 0; seed < 16; seed++) {
		int file = connect_raw();

		(void)send_raw(file, preface, sizeof(preface) - 1);
		(void)send_raw(file, settings, sizeof(settings));
		fill_noise(noise, sizeof(noise), seed);
		(void)frame_header(header, sizeof(noise), (uint8_t)_i, noise[0], noise[1] | 1);
		(void)send_raw(file, header, sizeof(header));
		(void)send_raw(file, noise, sizeof(noise));
		(void)shutdown(file, SHUT_WR);
		drain_raw(file);
		(void)close(file);
	}
	ck_assert_server_lives();
}
END_TEST

/* The start of a real call: literal header fields without indexing, no Huffman (RFC 7541 6.2.2). */
static size_t call_headers(uint8_t *out, const char *path)
{
	static const char *const fields[][2] = { { ":method", "POST" },
		                                 { ":scheme", "http" },
		                                 { ":path", NULL },
		                                 { ":authority", "test" },
		                                 { "content-type", "application/grpc" },
		                                 { "te", "trailers" } };
	size_t size = FRAME_HEADER_BYTES;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const char *value = fields[i][1] == NULL ? path : fields[i][1];

		out[size++] = 0;
		out[size++] = (uint8_t)strlen(fields[i][0]);
		memcpy(out + size, fields[i][0], strlen(fields[i][0]));
		size += strlen(fields[i][0]);
		out[size++] = (uint8_t)strlen(value);
		memcpy(out + size, value, strlen(value));
		size += strlen(value);
	}
	(void)frame_header(out, size - FRAME_HEADER_BYTES, 1, 4, 1);
	return size;
}

START_TEST(a_call_cut_at_any_byte_leaves_nothing_behind)
{
	uint8_t bytes[512];
	uint8_t data[FRAME_HEADER_BYTES + 8] = { 0 };
	struct rpc_server_stats stats;
	size_t size = sizeof(preface) - 1;

	memcpy(bytes, preface, size);
	memcpy(bytes + size, settings, sizeof(settings));
	size += sizeof(settings);
	size += call_headers(bytes + size, "/civil.test.Echo/Echo");
	/* One message "\x0a\x01x" of three bytes after its prefix of five. */
	(void)frame_header(data, 8, 0, 1, 1);
	data[FRAME_HEADER_BYTES + 4] = 3;
	memcpy(data + FRAME_HEADER_BYTES + 5, "\x0a\x01x", 3);
	memcpy(bytes + size, data, sizeof(data));
	size += sizeof(data);

	for (size_t cut = 0; cut < size; cut++) {
		int file = connect_raw();

		(void)send_raw(file, bytes, cut);
		(void)shutdown(file, SHUT_WR);
		drain_raw(file);
		(void)close(file);
	}
	rpc_fixture_settle(&fixture, &stats);
	ck_assert_uint_eq(stats.counters[RPC_COUNTER_CALLS], stats.counters[RPC_COUNTER_FAILED]);

	/* Uncut it is a good call, so the cuts were near misses. */
	int file = connect_raw();
	ck_assert(send_raw(file, bytes, size));
	wait_raw(file, bytes_of("\x0a\x01x", 3));
	(void)close(file);
	ck_assert_server_lives();
}
END_TEST

START_TEST(headers_beyond_the_limit_are_no_call)
{
	uint8_t bytes[1024];
	uint8_t *block = calloc(1, 65536);
	int file = connect_raw();
	size_t size = call_headers(bytes, "/civil.test.Echo/Echo");

	ck_assert_ptr_nonnull(block);
	(void)send_raw(file, preface, sizeof(preface) - 1);
	(void)send_raw(file, settings, sizeof(settings));
	bytes[4] = 0; /* the block goes on in continuation frames, which never end */
	(void)send_raw(file, bytes, size);
	for (int i = 0; i < 1024; i++) {
		(void)frame_header(block, 1000, 9, 0, 1);
		for (size_t at = FRAME_HEADER_BYTES; at + 8 <= 1000; at += 8) {
			memcpy(block + at, "\0\x01x\x04yyyy", 8);
		}
		if (!send_raw(file, block, FRAME_HEADER_BYTES + 1000)) {
			break;
		}
	}
	(void)shutdown(file, SHUT_WR);
	drain_raw(file);
	(void)close(file);
	free(block);
	ck_assert_server_lives();
}
END_TEST

START_TEST(streams_opened_and_reset_at_once_do_not_stop_it)
{
	uint8_t bytes[512];
	uint8_t reset[FRAME_HEADER_BYTES + 4] = { 0 };
	int file = connect_raw();

	(void)send_raw(file, preface, sizeof(preface) - 1);
	(void)send_raw(file, settings, sizeof(settings));
	for (unsigned id = 1; id < 20001; id += 2) {
		size_t size = call_headers(bytes, "/civil.test.Echo/Echo");

		(void)frame_header(reset, 4, 3, 0, 0);
		bytes[6] = reset[6] = (uint8_t)(id >> 16);
		bytes[7] = reset[7] = (uint8_t)(id >> 8);
		bytes[8] = reset[8] = (uint8_t)id;
		if (!send_raw(file, bytes, size) || !send_raw(file, reset, sizeof(reset))) {
			break;
		}
	}
	(void)shutdown(file, SHUT_WR);
	drain_raw(file);
	(void)close(file);
	ck_assert_server_lives();
}
END_TEST

START_TEST(silent_connections_do_not_keep_others_out)
{
	int files[CONNECTIONS];

	for (size_t i = 0; i < CONNECTIONS; i++) {
		files[i] = connect_raw();
	}
	ck_assert_server_lives();
	for (size_t i = 0; i < CONNECTIONS; i++) {
		(void)close(files[i]);
	}
	ck_assert_server_lives();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rpc_hostile");
	TCase *tcase = tcase_create("rpc_hostile");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_megabyte_of_noise_is_no_connection, 0, 4);
	tcase_add_loop_test(tcase, noise_in_frames_of_every_type_ends_the_connection, 0, 10);
	tcase_add_test(tcase, a_call_cut_at_any_byte_leaves_nothing_behind);
	tcase_add_test(tcase, headers_beyond_the_limit_are_no_call);
	tcase_add_test(tcase, streams_opened_and_reset_at_once_do_not_stop_it);
	tcase_add_test(tcase, silent_connections_do_not_keep_others_out);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
