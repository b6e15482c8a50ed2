/* The ledger alone, without network: replaying events, and auditing a store.
 *
 *   store replay EVENTS FOLDER COUNT   applies the first COUNT events into a new store in FOLDER,
 * in batches of 512 on one thread, not synced, signatures taken as verified store audit FOLDER
 * reads every record of a store: hash, link to the record before, content commitment, signatures,
 * on two threads Prints lines "name value": seconds, events, refused, signatures, bytes (of records
 * and content). */
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/ledger.h"
#include "ledger/log/merkle.h"
#include "tests/support/event_file.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS = 2, CACHE_BYTES = 256 << 20, RECORDS_PER_VIEW = 1024 };

static double now_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(enum status status, const char *what, const struct detail *detail)
{
	if (status != STATUS_OK) {
		(void)fprintf(stderr, "store: %s: %s %s\n", what, status_name(status),
		              detail == NULL ? "" : detail->text);
		exit(EXIT_FAILURE);
	}
}

static struct id ledger_of(const struct event_file *file)
{
	struct event first;
	struct arena arena;
	struct id id;

	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	must(event_admit(&first, file->events[0], &arena, NULL), "first event", NULL);
	memcpy(id.bytes, first.header->ledger_id.data, ID_BYTES);
	arena_fini(&arena);
	return id;
}

static void replay_batches(struct ledger *ledger, const struct event_file *file)
{
	static struct ledger_result results[BATCH_EVENTS_MAX];
	size_t refused = 0;
	double begin = now_s();

	for (size_t done = 0; done < file->count;) {
		size_t rest = file->count - done;
		const struct ledger_batch batch = {
			.number = ledger_head(ledger).batch + 1,
			.recorded_at_ms = file->recorded_at_ms[done],
			.events = file->events + done,
			.count = rest < BATCH_EVENTS_MAX ? rest : BATCH_EVENTS_MAX,
		};

		must(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), "apply", NULL);
		for (size_t i = 0; i < batch.count; i++) {
			refused += results[i].status == STATUS_OK ? 0 : 1;
		}
		done += batch.count;
	}
	(void)printf("seconds %.6f\nevents %zu\nrefused %zu\n", now_s() - begin, file->count,
	             refused);
}

static void replay(const char *events, const char *folder, size_t count)
{
	const struct store_options options = { .cache_bytes = CACHE_BYTES, .create = true };
	struct detail detail = { "", "" };
	struct event_file file;
	struct store *store;
	struct ledger *ledger;

	if (!event_file_open(&file, events, 0, count)) {
		must(STATUS_NOT_FOUND, events, NULL);
	}
	struct id id = ledger_of(&file);
	must(store_rocksdb_open(&store, folder, &options, &detail), folder, &detail);
	must(ledger_format(store, &id, &detail), "format", &detail);
	must(ledger_open(&ledger, store, &detail), "open", &detail);
	replay_batches(ledger, &file);
	ledger_close(ledger);
	store_close(store);
}

/* One thread's share of the records. */
struct audit {
	struct ledger *ledger;
	uint64_t from;
	uint64_t to;
	struct hash before; /* hash of the record before the share; all zero at the start */
	struct hash last;   /* hash of the last record of the share */
	uint64_t signatures;
	uint64_t bytes;
};

/* What a court had erased is without the key of its commitment; hash and signatures still stand. */
static bool fits_commitment(const struct event *event)
{
	if (event->opening.size == 0) {
		return true;
	}
	struct hash commitment = crypto_hmac(event->opening.data, event->content_bytes);

	return bytes_equal(bytes_of_hash(&commitment),
	                   bytes_of(event->header->content_commitment.data,
	                            event->header->content_commitment.len));
}

static void audit_record(struct audit *audit, struct view *view, uint64_t index)
{
	struct stored_record record;

	must(view_record(view, &record, index), "record", NULL);
	const struct event *event = &record.event;

	if (!fits_commitment(event) ||
	    (index > audit->from &&
	     !bytes_equal(bytes_of_hash(&audit->last),
	                  bytes_of(record.record->previous.data, record.record->previous.len)))) {
		must(STATUS_CORRUPT, "link or commitment", NULL);
	}
	if (index == audit->from) {
		memcpy(audit->before.bytes, record.record->previous.data, HASH_BYTES);
	}
	must(event_verify(event, NULL), "signature", NULL);
	merkle_leaf(&audit->last, record.record_bytes);
	audit->signatures += event->signature_count;
	audit->bytes += record.record_bytes.size + event->content_bytes.size + event->opening.size;
}

static void *audit_main(void *argument)
{
	struct audit *audit = argument;

	for (uint64_t index = audit->from; index < audit->to;) {
		struct ledger_view view;
		uint64_t end =
		        audit->to - index < RECORDS_PER_VIEW ? audit->to : index + RECORDS_PER_VIEW;

		must(ledger_view_begin(audit->ledger, &view), "view", NULL);
		for (; index < end; index++) {
			arena_reset(&view.arena);
			audit_record(audit, &view.view, index);
		}
		ledger_view_end(&view);
	}
	return NULL;
}

static void audit(const char *folder)
{
	const struct store_options options = { .cache_bytes = CACHE_BYTES, .read_only = true };
	struct audit share[THREADS] = { { .ledger = NULL } };
	pthread_t thread[THREADS];
	struct detail detail = { "", "" };
	struct store *store;
	struct ledger *ledger;

	must(store_rocksdb_open(&store, folder, &options, &detail), folder, &detail);
	must(ledger_open(&ledger, store, &detail), "open", &detail);
	uint64_t size = ledger_head(ledger).size;
	struct hash head = ledger_head(ledger).head;
	double begin = now_s();

	for (size_t i = 0; i < THREADS; i++) {
		share[i].ledger = ledger;
		share[i].from = size * i / THREADS;
		share[i].to = size * (i + 1) / THREADS;
		if (pthread_create(&thread[i], NULL, audit_main, &share[i]) != 0) {
			must(STATUS_NO_MEMORY, "thread", NULL);
		}
	}
	for (size_t i = 0; i < THREADS; i++) {
		(void)pthread_join(thread[i], NULL);
	}
	if (!hash_equal(&share[0].last, &share[1].before) || !hash_equal(&share[1].last, &head)) {
		must(STATUS_CORRUPT, "the halves do not join", NULL);
	}
	unsigned long long signatures = share[0].signatures;
	unsigned long long bytes = share[0].bytes;

	signatures += share[1].signatures;
	bytes += share[1].bytes;
	(void)printf("seconds %.6f\nevents %llu\nsignatures %llu\nbytes %llu\n", now_s() - begin,
	             (unsigned long long)size, signatures, bytes);
	ledger_close(ledger);
	store_close(store);
}

int main(int argc, char **argv)
{
	if (crypto_init() == STATUS_OK && argc == 5 && strcmp(argv[1], "replay") == 0) {
		replay(argv[2], argv[3], strtoull(argv[4], NULL, 10));
		return EXIT_SUCCESS;
	}
	if (argc == 3 && strcmp(argv[1], "audit") == 0) {
		audit(argv[2]);
		return EXIT_SUCCESS;
	}
	(void)fprintf(stderr, "usage: store replay EVENTS FOLDER COUNT | store audit FOLDER\n");
	return EXIT_FAILURE;
}
