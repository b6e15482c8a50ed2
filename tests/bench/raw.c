/* What this machine can do at best, measured without any of our own machinery but the crypto door.
 *
 *   raw EVENTS FOLDER
 * Prints lines "name value": signatures verified a second by one and by two threads, and the median
 * of appending 4 KiB to a file in FOLDER and fdatasync, in microseconds. */
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/event.h"
#include "tests/support/event_file.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	EVENTS = 4000,
	FOUNDING = 1000, /* genesis and officers come first and are unlike the rest */
	SECONDS = 2,
	APPENDS = 400,
	APPEND_BYTES = 4096,
	THREADS = 2,
};
#define NS_PER_SECOND INT64_C(1000000000)

struct signature {
	struct bytes header;
	struct bytes signature;
	struct bytes key;
};

struct signatures {
	struct signature *each;
	size_t count;
	int64_t until_ns;
	atomic_ullong verified;
};

static int64_t now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

static void die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void collect(struct signatures *out, const struct event_file *file, struct arena *arena)
{
	out->each = calloc(file->count * 8, sizeof(*out->each));
	if (out->each == NULL) {
		die("memory");
	}
	for (size_t i = 0; i < file->count; i++) {
		struct event event;

		if (event_admit(&event, file->events[i], arena, NULL) != STATUS_OK) {
			continue;
		}
		for (size_t n = 0; n < event.signature_count; n++) {
			const Civil__V1__Signature *signature = event.signatures[n];

			out->each[out->count] = (struct signature){
				event.header_bytes,
				bytes_of(signature->signature.data, signature->signature.len),
				bytes_of(signature->public_key.data, signature->public_key.len),
			};
			out->count++;
		}
	}
}

static void *verify_main(void *argument)
{
	struct signatures *signatures = argument;
	unsigned long long verified = 0;

	for (size_t i = 0; verified % 64 != 0 || now_ns() < signatures->until_ns; i++) {
		const struct signature *one = &signatures->each[i % signatures->count];

		if (!crypto_verify_in(CRYPTO_DOMAIN_EVENT, one->header, one->signature, one->key)) {
			die("a signature of the population is wrong");
		}
		verified++;
	}
	atomic_fetch_add(&signatures->verified, verified);
	return NULL;
}

static double verify_rate(struct signatures *signatures, size_t threads)
{
	pthread_t thread[THREADS];
	int64_t begin = now_ns();

	atomic_store(&signatures->verified, 0);
	signatures->until_ns = begin + SECONDS * NS_PER_SECOND;
	for (size_t i = 0; i < threads; i++) {
		if (pthread_create(&thread[i], NULL, verify_main, signatures) != 0) {
			die("thread");
		}
	}
	for (size_t i = 0; i < threads; i++) {
		(void)pthread_join(thread[i], NULL);
	}
	return (double)atomic_load(&signatures->verified) * 1e9 / (double)(now_ns() - begin);
}

static int compare_times(const void *a, const void *b)
{
	const int64_t *left = a;
	const int64_t *right = b;

	return (*left > *right) - (*left < *right);
}

static double append_p50_us(const char *folder)
{
	static uint8_t block[APPEND_BYTES];
	static int64_t times[APPENDS];
	char path[512];

	(void)snprintf(path, sizeof(path), "%s/append", folder);
	int file = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
	if (file < 0) {
		die(path);
	}
	for (size_t i = 0; i < APPENDS; i++) {
		int64_t begin = now_ns();

		if (write(file, block, sizeof(block)) != APPEND_BYTES || fdatasync(file) != 0) {
			die(path);
		}
		times[i] = now_ns() - begin;
	}
	(void)close(file);
	(void)unlink(path);
	qsort(times, APPENDS, sizeof(times[0]), compare_times);
	const size_t middle = APPENDS / 2;

	return (double)times[middle] / 1e3;
}

int main(int argc, char **argv)
{
	struct signatures signatures = { .count = 0 };
	struct event_file file;
	struct arena arena;

	if (argc != 3 || crypto_init() != STATUS_OK) {
		(void)fprintf(stderr, "usage: raw EVENTS FOLDER\n");
		return EXIT_FAILURE;
	}
	if (!event_file_open(&file, argv[1], FOUNDING, EVENTS)) {
		die(argv[1]);
	}
	arena_init(&arena, (size_t)EVENTS * EVENT_ARENA_BYTES_MAX);
	collect(&signatures, &file, &arena);
	(void)printf("verify1 %.0f\n", verify_rate(&signatures, 1));
	(void)printf("verify2 %.0f\n", verify_rate(&signatures, THREADS));
	(void)printf("append_us %.1f\n", append_p50_us(argv[2]));
	free(signatures.each);
	arena_fini(&arena);
	return EXIT_SUCCESS;
}
