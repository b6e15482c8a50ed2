/* Runs a file of events through the ledger, without node, network or signatures, and says what
 * became of each; then answers questions about states. The other side of tests/oracle/compare.py.
 *
 *   ledger_run EVENTS [QUESTIONS]
 *   EVENTS     (u32 length || u64 recorded at in ms || SignedEvent)*, big-endian; one batch each
 *   QUESTIONS  lines "person-hex valid-day known-size"; valid-day "all" asks the cached
 *              state; "head - 0" asks where the ledger stands, "statistics KBO known"
 *              (kind, basis, 1 for each act once or 0 for each person) every cell of all
 *              years; any other the resolved one. "sealed" behind the line: as a reader sees
 *              it who has no warrant
 * Output: one JSON object a line, first for the events, then for the questions; each is written as
 * soon as its event is read, so that EVENTS may be a pipe whose writer waits for the answers.
 * QUESTIONS is opened when the events have ended. */
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/ledger.h"
#include "ledger/person/state.h"
#include "ledger/query/count_acts.h"
#include "ledger/sealing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void die(const char *what, enum status status, const struct detail *detail)
{
	(void)fprintf(stderr, "ledger_run: %s: %s %s %s\n", what, status_name(status),
	              detail == NULL ? "" : detail->path, detail == NULL ? "" : detail->text);
	exit(EXIT_FAILURE);
}

static void print_hex(const char *key, struct bytes bytes)
{
	char hex[2 * HASH_BYTES + 1];

	bytes_to_hex(hex, bytes_of(bytes.data, bytes.size > HASH_BYTES ? HASH_BYTES : bytes.size));
	(void)printf("%s\"%s\"", key, hex);
}

static const char *outcome_name(Civil__V1__RuleOutcome outcome)
{
	if (outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_BROKEN) {
		return "BROKEN";
	}
	return outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_UNDECIDED ? "UNDECIDED"
	                                                                  : "OVERRIDDEN";
}

static void print_findings(Civil__V1__RuleFinding *const *findings, size_t count)
{
	(void)printf(",\"findings\":[");
	for (size_t i = 0; i < count; i++) {
		(void)printf("%s[\"%s\",\"%s\",\"%s\"]", i == 0 ? "" : ",", findings[i]->rule,
		             outcome_name(findings[i]->outcome), findings[i]->path);
	}
	(void)printf("]");
}

static void print_receipt(const Civil__V1__Receipt *receipt)
{
	(void)printf(",\"index\":%" PRIu64 ",\"law\":\"%s\",\"numbers\":[", receipt->index,
	             receipt->law_version);
	for (size_t i = 0; i < receipt->n_numbers; i++) {
		const Civil__V1__AllocatedNumber *number = receipt->numbers[i];

		uint8_t place[4]; /* a number of a block is nobody's, and told by its place */

		bytes_write_u32(place, (uint32_t)i + 1);
		print_hex(i == 0 ? "[" : ",[",
		          number->person_id.len > 0
		                  ? bytes_of(number->person_id.data, number->person_id.len)
		                  : bytes_of(place, sizeof(place)));
		(void)printf(",\"%s\"]", number->number);
	}
	(void)printf("],\"created\":[");
	for (size_t i = 0; i < receipt->n_created_persons; i++) {
		print_hex(i == 0 ? "" : ",", bytes_of(receipt->created_persons[i].data,
		                                      receipt->created_persons[i].len));
	}
	(void)printf("]");
	print_findings(receipt->findings, receipt->n_findings);
}

static void print_result(uint64_t number, const struct ledger_result *result)
{
	(void)printf("{\"n\":%" PRIu64 ",\"status\":\"%s\"", number, status_name(result->status));
	if (result->status != STATUS_INVALID) {
		print_hex(",\"event_id\":", bytes_of_hash(&result->event_id));
	}
	if (result->status == STATUS_OK) {
		(void)printf(",\"repeated\":%s", result->repeated ? "true" : "false");
		print_receipt(result->receipt);
	} else if (result->status == STATUS_REFUSED) {
		print_findings(result->verdict.findings, result->verdict.finding_count);
	} else if (result->status == STATUS_EXISTS) {
		print_hex(",\"first\":", bytes_of_hash(&result->first_event_id));
	} else {
		(void)printf(",\"path\":\"%s\",\"text\":\"%s\"", result->detail.path,
		             result->detail.text);
	}
	(void)printf("}\n");
}

/* Reads exactly `size` bytes; false at the end of the file. */
static bool read_exactly(FILE *file, uint8_t *out, size_t size)
{
	size_t got = fread(out, 1, size, file);

	if (got != 0 && got != size) {
		(void)fprintf(stderr, "ledger_run: the file of events is cut off\n");
		exit(EXIT_FAILURE);
	}
	return got == size;
}

/* One frame of the file of events. */
struct frame {
	uint64_t recorded_at_ms;
	uint32_t size;
	uint8_t event[SIGNED_EVENT_BYTES_MAX + 1];
};

/* False at the end of the file. */
static bool read_frame(struct frame *frame, FILE *file)
{
	uint8_t head[12];

	if (!read_exactly(file, head, sizeof(head))) {
		return false;
	}
	frame->size = bytes_read_u32(head);
	frame->recorded_at_ms = bytes_read_u64(head + 4);
	if (frame->size > sizeof(frame->event) || !read_exactly(file, frame->event, frame->size)) {
		die("event too long", STATUS_INVALID, NULL);
	}
	return true;
}

/* Applies the event of the frame, then those that follow it in the file. */
static void run_events(struct ledger *ledger, struct frame *frame, FILE *file)
{
	uint64_t number = 0;

	do {
		struct bytes bytes = bytes_of(frame->event, frame->size);
		struct ledger_batch batch = {
			.number = ledger_head(ledger).batch + 1,
			.recorded_at_ms = (int64_t)frame->recorded_at_ms,
			.events = &bytes,
			.count = 1,
		};
		struct ledger_result result;
		enum status status = ledger_apply(ledger, &result, &batch, STORE_UNSYNCED);

		if (status != STATUS_OK) {
			(void)fprintf(stderr, "event %" PRIu64 ": ", number);
			die("apply", status, NULL);
		}
		print_result(number++, &result);
		(void)fflush(stdout);
	} while (read_frame(frame, file));
}

static void answer(struct ledger *ledger, const char *person_hex, const char *valid, uint64_t known,
                   bool is_sealed)
{
	struct reader reader = { .warrant = "" };
	struct ledger_view view;
	struct id person;
	Civil__V1__PersonState *state;
	enum status status = ledger_view_begin(ledger, &view);

	if (status != STATUS_OK || !bytes_from_hex(person.bytes, ID_BYTES, person_hex)) {
		die("question", status, NULL);
	}
	if (is_sealed) {
		reader.today = date_of_instant(view.head.recorded_at_ms);
		status = reader_begin(&reader, &view.view);
		if (status != STATUS_OK) {
			die("reader", status, NULL);
		}
		view.view.reader = &reader;
	}
	view.view.size = known;
	if (strcmp(valid, "all") == 0) {
		status = state_cached(&view.view, &state, &person);
	} else {
		int32_t day = (int32_t)strtol(valid, NULL, 10);
		int32_t today = date_of_instant(view.head.recorded_at_ms);

		status = state_at(&view.view, &state, &person, day);
		if (status == STATUS_OK) {
			status = state_resolve(&view.view, state, day, today);
		}
	}
	(void)printf("{\"person\":\"%s\",\"valid\":\"%s\",\"known\":%" PRIu64 ",\"status\":\"%s\"",
	             person_hex, valid, known, status_name(status));
	if (status == STATUS_OK) {
		size_t size = civil__v1__person_state__get_packed_size(state);
		uint8_t *packed = malloc(size + 1);
		char *hex = malloc(2 * size + 1);
		struct hash hash = state_hash(state, &view.arena);

		if (packed == NULL || hex == NULL) {
			die("memory", STATUS_NO_MEMORY, NULL);
		}
		(void)civil__v1__person_state__pack(state, packed);
		bytes_to_hex(hex, bytes_of(packed, size));
		(void)printf(",\"state\":\"%s\"", hex);
		print_hex(",\"hash\":", bytes_of_hash(&hash));
		free(packed);
		free(hex);
	}
	(void)printf("}\n");
	ledger_view_end(&view);
}

static Civil__V1__CountActsRequest whole_request(const char *what, uint64_t known)
{
	Civil__V1__CountActsRequest request;

	civil__v1__count_acts_request__init(&request);
	request.kind = (Civil__V1__StatisticKind)(what[0] - '0');
	request.basis = (Civil__V1__StatisticBasis)(what[1] - '0');
	request.level = CIVIL__V1__PLACE_LEVEL__PLACE_LEVEL_COMMUNE;
	request.by_month = true;
	request.by_delay = true;
	request.by_sex = what[2] == '0';
	request.by_age = what[2] == '0';
	request.exact = true;
	request.known_case = CIVIL__V1__COUNT_ACTS_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = known;
	return request;
}

/* Every cell: area, year, month, sex, age, delay, count, revision. */
static void print_statistics(struct ledger *ledger, const char *what, uint64_t known)
{
	Civil__V1__CountActsRequest request = whole_request(what, known);
	Civil__V1__YearMonth from;
	Civil__V1__YearMonth to;
	Civil__V1__CountActsResponse *counts = NULL;
	struct ledger_view view;

	civil__v1__year_month__init(&from);
	civil__v1__year_month__init(&to);
	from.year = DATE_YEAR_MIN;
	to.year = DATE_YEAR_MAX;
	request.from = &from;
	request.to = &to;
	enum status status = ledger_view_begin(ledger, &view);
	if (status == STATUS_OK) {
		status = query_count_acts(&view.view, &counts, &request);
	}
	if (status != STATUS_OK || counts->truncated) {
		die("statistics", status, NULL);
	}
	(void)printf("{\"cells\":[");
	for (size_t i = 0; i < counts->n_cells; i++) {
		const Civil__V1__StatisticCell *cell = counts->cells[i];

		(void)printf("%s[\"%s\",%d,%d,%d,%d,%d,%" PRIu64 ",%" PRId64 "]", i == 0 ? "" : ",",
		             cell->area, cell->period->year, cell->period->month, (int)cell->sex,
		             cell->age_from, (int)cell->delay, cell->count, cell->revision);
	}
	(void)printf("]}\n");
	ledger_view_end(&view);
}

/* Where the ledger stands. */
static void print_head(const struct ledger *ledger)
{
	struct ledger_head head = ledger_head(ledger);

	(void)printf("{\"size\":%" PRIu64, head.size);
	print_hex(",\"head\":", bytes_of_hash(&head.head));
	print_hex(",\"root\":", bytes_of_hash(&head.root));
	(void)printf("}\n");
}

static void run_questions(struct ledger *ledger, FILE *file)
{
	char line[256];

	while (fgets(line, sizeof(line), file) != NULL) {
		char person[64];
		char valid[32];
		char how[16];
		uint64_t known;
		int words = sscanf(line, "%63s %31s %" SCNu64 " %15s", person, valid, &known, how);

		if (words < 3 || (words == 4 && strcmp(how, "sealed") != 0)) {
			die("question does not parse", STATUS_INVALID, NULL);
		}
		if (strcmp(person, "head") == 0) {
			print_head(ledger);
			continue;
		}
		if (strcmp(person, "statistics") == 0) {
			print_statistics(ledger, valid, known);
			continue;
		}
		answer(ledger, person, valid, known, words == 4);
	}
}

/* The ledger id is that of the first event, so that any file can be run. */
static struct id ledger_of(const struct frame *frame)
{
	struct id id = { { 0 } };
	struct arena arena;
	struct event first;

	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	if (event_admit(&first, bytes_of(frame->event, frame->size), &arena, NULL) == STATUS_OK) {
		memcpy(id.bytes, first.header->ledger_id.data, ID_BYTES);
	}
	arena_fini(&arena);
	return id;
}

int main(int argc, char **argv)
{
	static struct frame frame;
	struct store *store = NULL;
	struct ledger *ledger = NULL;
	struct detail detail = { "", "" };

	if (argc < 2 || argc > 3) {
		(void)fprintf(stderr, "usage: ledger_run EVENTS [QUESTIONS]\n");
		return EXIT_FAILURE;
	}
	FILE *events = fopen(argv[1], "rb");
	if (events == NULL || !read_frame(&frame, events)) {
		perror("ledger_run");
		return EXIT_FAILURE;
	}
	enum status status = crypto_init();
	struct id id = ledger_of(&frame);
	if (status == STATUS_OK) {
		status = store_memory_open(&store);
	}
	if (status == STATUS_OK) {
		status = ledger_format(store, &id, &detail);
	}
	if (status == STATUS_OK) {
		status = ledger_open(&ledger, store, &detail);
	}
	if (status != STATUS_OK) {
		die("open", status, &detail);
	}
	run_events(ledger, &frame, events);
	FILE *questions = argc == 3 ? fopen(argv[2], "r") : NULL;
	if (questions != NULL) {
		run_questions(ledger, questions);
		(void)fclose(questions);
	}
	(void)fclose(events);
	ledger_close(ledger);
	store_close(store);
	return EXIT_SUCCESS;
}
