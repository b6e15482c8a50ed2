#include "tests/support/register.h"

#include "ledger/base/crypto.h"
#include "ledger/base/date.h"
#include "ledger/base/limits.h"
#include "ledger/event/compose.h"
#include "ledger/person/state.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define STEP(name)    CIVIL__V1__EVENT_STEP__EVENT_STEP_##name
#define OUTCOME(name) CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_##name

enum {
	REG_ARENA_BYTES_MAX = 256 * 1024 * 1024,
	TEN_OCLOCK_MS = 3 * 60 * 60 * 1000, /* 10:00 in Phnom Penh after midnight UTC */
	SEEN_BROKEN = 1,
	SEEN_HOLDING = 2,
};

/* What the events of this program showed of each rule. */
static unsigned seen[RULES];

static int64_t instant_of(const char *day)
{
	int32_t number;

	ck_assert(date_parse(&number, day));
	return (int64_t)number * 24 * 60 * 60 * 1000 + TEN_OCLOCK_MS;
}

struct reg *reg_begin(void)
{
	struct store *store;

	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	struct reg *reg = reg_begin_over(store);

	reg->store_is_ours = true;
	return reg;
}

struct reg *reg_begin_over(struct store *store)
{
	struct reg *reg = calloc(1, sizeof(*reg));
	struct id id = { { 1, 2, 3 } };
	struct detail detail;

	ck_assert_ptr_nonnull(reg);
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&reg->arena, REG_ARENA_BYTES_MAX);
	reg->store = store;
	ck_assert_int_eq(ledger_format(reg->store, &id, &detail), STATUS_OK);
	ck_assert_int_eq(ledger_open(&reg->ledger, reg->store, &detail), STATUS_OK);
	return reg;
}

void reg_end(struct reg *reg)
{
	ledger_close(reg->ledger);
	if (reg->store_is_ours) {
		store_close(reg->store);
	}
	arena_fini(&reg->arena);
	free(reg);
}

void reg_on(struct reg *reg, const char *day)
{
	reg->today = day;
	reg->signed_at_ms = 0;
}

struct id reg_fresh_id(struct reg *reg)
{
	struct id id = { { 0x52 } };

	reg->made++;
	bytes_write_u64(id.bytes + 8, reg->made);
	return id;
}

static Civil__V1__EventHeader *header_of(struct reg *reg, const char *office, enum kind_id kind,
                                         Civil__V1__EventStep step, const struct id *case_id)
{
	Civil__V1__EventHeader *header = reg_new(reg, &civil__v1__event_header__descriptor);
	struct id ledger = ledger_id(reg->ledger);
	struct id request = reg_fresh_id(reg);
	struct id fresh = reg_fresh_id(reg);

	header->ledger_id = reg_bytes(reg, bytes_of_id(&ledger));
	header->request_id = reg_bytes(reg, bytes_of_id(&request));
	header->event_class = kind_of_id(kind)->event_class;
	header->step = step;
	header->office_id = reg_text(reg, reg->office == NULL ? office : reg->office);
	reg->office = NULL;
	header->case_id = reg_bytes(reg, bytes_of_id(case_id == NULL ? &fresh : case_id));
	header->signed_at_ms = reg->signed_at_ms == 0 ? instant_of(reg->today) : reg->signed_at_ms;
	/* A test may go back in time, recording does not: what is offered has not expired by then.
	 */
	header->expires_at_ms = (header->signed_at_ms > ledger_head(reg->ledger).recorded_at_ms
	                                 ? header->signed_at_ms
	                                 : ledger_head(reg->ledger).recorded_at_ms) +
	                        COMPOSE_EXPIRY_MS;
	if (reg->expires_in_ms != 0) {
		header->expires_at_ms = header->signed_at_ms + reg->expires_in_ms;
		reg->expires_in_ms = 0;
	}
	return header;
}

static void add_subjects(struct reg *reg, Civil__V1__EventHeader *header,
                         const struct reg_part *parts)
{
	uint32_t created = 0;

	header->subjects = arena_array(&reg->arena, SUBJECTS_MAX, sizeof(*header->subjects));
	for (size_t i = 0; parts != NULL && parts[i].role != 0; i++) {
		Civil__V1__Subject *subject = reg_new(reg, &civil__v1__subject__descriptor);

		subject->role = parts[i].role;
		if (parts[i].person == NULL) {
			created++;
			subject->ordinal = created;
		} else {
			subject->person_id = reg_bytes(reg, bytes_of_id(parts[i].person));
		}
		if (reg->expected_version != 0 && parts[i].person != NULL &&
		    id_equal(reg->expected_of, parts[i].person)) {
			subject->expected_version = reg->expected_version;
		}
		header->subjects[header->n_subjects] = subject;
		header->n_subjects++;
	}
	reg->expected_version = 0;
}

/* "S02 S05", "L05?": rules that stand in the way. */
static void write_answer(struct reg *reg)
{
	const struct verdict *verdict = &reg->result.verdict;
	size_t length = 0;

	reg->broken[0] = '\0';
	if (reg->result.status == STATUS_INVALID) {
		(void)snprintf(reg->broken, sizeof(reg->broken), "INVALID %s",
		               reg->result.detail.path);
	}
	for (size_t i = 0; reg->result.status == STATUS_REFUSED && i < verdict->finding_count;
	     i++) {
		const Civil__V1__RuleFinding *finding = verdict->findings[i];
		bool stands = finding->strength != CIVIL__V1__RULE_STRENGTH__RULE_STRENGTH_WATCH &&
		              finding->outcome != OUTCOME(OVERRIDDEN);

		if (!stands || strstr(reg->broken, finding->rule) != NULL) {
			continue;
		}
		int more = snprintf(reg->broken + length, sizeof(reg->broken) - length, "%s%s%s",
		                    length == 0 ? "" : " ", finding->rule,
		                    finding->outcome == OUTCOME(UNDECIDED) ? "?" : "");
		ck_assert_int_gt(more, 0);
		length += (size_t)more;
	}
}

static enum rule_id rule_named(const char *name)
{
	for (int id = 1; id < RULES; id++) {
		if (strcmp(rule_name((enum rule_id)id), name) == 0) {
			return (enum rule_id)id;
		}
	}
	return RULE_NONE;
}

static void note_findings(Civil__V1__RuleFinding *const *findings, size_t count, bool found[RULES])
{
	for (size_t i = 0; i < count; i++) {
		enum rule_id id = rule_named(findings[i]->rule);

		seen[id] |= SEEN_BROKEN;
		found[id] = true;
	}
}

/* An accepted event shows that every rule that guards it, and spoke not, held. */
static void note_seen(const struct reg *reg, const struct kind *kind, Civil__V1__EventStep step)
{
	bool found[RULES] = { false };

	if (reg->result.status == STATUS_REFUSED) {
		note_findings(reg->result.verdict.findings, reg->result.verdict.finding_count,
		              found);
	}
	if (reg->result.status != STATUS_OK) {
		return;
	}
	note_findings(reg->result.receipt->findings, reg->result.receipt->n_findings, found);
	for (int id = 1; id < RULES; id++) {
		if (!found[id] && rule_guards(rule_of((enum rule_id)id), kind, step)) {
			seen[id] |= SEEN_HOLDING;
		}
	}
}

bool reg_seen(enum rule_id rule, bool broken)
{
	return (seen[rule] & (broken ? SEEN_BROKEN : SEEN_HOLDING)) != 0;
}

void reg_assert_seen(const enum rule_id rules[])
{
	for (size_t i = 0; rules[i] != RULE_NONE; i++) {
		ck_assert_msg(reg_seen(rules[i], true), "%s was never broken", rule_name(rules[i]));
		ck_assert_msg(reg_seen(rules[i], false), "%s never held", rule_name(rules[i]));
	}
}

const char *reg_offer(struct reg *reg, const char *signers, enum kind_id kind,
                      Civil__V1__EventStep step, const struct id *case_id,
                      const struct reg_part *parts, Civil__V1__Content *content)
{
	struct compose_key keys[SIGNATURES_MAX];
	char office[OFFICE_ID_MAX + 1];
	size_t key_count = ground_keys(keys, office, signers);
	Civil__V1__EventHeader *header = header_of(reg, office, kind, step, case_id);
	struct composition composition = {
		.header = header, .content = content, .keys = keys, .key_count = key_count
	};
	struct hash event_id;
	struct buf bytes;

	add_subjects(reg, header, parts);
	bytes_write_u64(composition.opening, reg->made);
	buf_init(&bytes, SIGNED_EVENT_BYTES_MAX);
	ck_assert_int_eq(compose_event(&bytes, &event_id, &composition, &reg->arena), STATUS_OK);

	struct bytes event = buf_bytes(&bytes);
	struct ledger_batch batch = { .number = ledger_head(reg->ledger).batch + 1,
		                      .recorded_at_ms = instant_of(reg->today),
		                      .events = &event,
		                      .count = 1 };
	uint64_t size = reg_size(reg);

	ck_assert_int_eq(ledger_apply(reg->ledger, &reg->result, &batch, STORE_UNSYNCED),
	                 STATUS_OK);
	buf_fini(&bytes);
	ck_assert_uint_eq(reg_size(reg), size + (reg->result.status == STATUS_OK));
	write_answer(reg);
	note_seen(reg, kind_of_id(kind), step);
	return reg->broken;
}

const char *reg_act(struct reg *reg, const char *signers, enum kind_id kind,
                    const struct reg_part *parts, Civil__V1__Content *content)
{
	return reg_offer(reg, signers, kind, STEP(REGISTERED), NULL, parts, content);
}

uint64_t reg_size(const struct reg *reg)
{
	return ledger_head(reg->ledger).size;
}

struct hash reg_event(const struct reg *reg)
{
	return reg->result.event_id;
}

struct id reg_created(const struct reg *reg)
{
	return crypto_created_id(&reg->result.event_id, 1);
}

const Civil__V1__PersonState *reg_state(struct reg *reg, const struct id *person)
{
	struct ledger_view view;
	Civil__V1__PersonState *state;
	Civil__V1__PersonState *kept = NULL;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	enum status status = state_cached(&view.view, &state, person);

	if (status == STATUS_OK) {
		size_t size = civil__v1__person_state__get_packed_size(state);
		uint8_t *packed = arena_alloc(&reg->arena, size);

		ck_assert_ptr_nonnull(packed);
		(void)civil__v1__person_state__pack(state, packed);
		kept = civil__v1__person_state__unpack(&reg->arena.allocator, size, packed);
		ck_assert_ptr_nonnull(kept);
	} else {
		ck_assert_int_eq(status, STATUS_NOT_FOUND);
	}
	ledger_view_end(&view);
	return kept;
}

int reg_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);

	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
