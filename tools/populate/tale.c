#include "tools/populate/tale.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/number.h"
#include "tools/populate/tale_fill.h"
#include "tools/populate/tale_read.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAYS_PER_YEAR = 365 };

/* Whose id this is. */
static struct person *person_of(struct told *told, const struct id *id)
{
	for (size_t i = 0; i < TALE_LETTERS; i++) {
		if (&told->people[i].id == id) {
			return &told->people[i];
		}
	}
	ASSERT(false);
	return NULL;
}

/* The document that an act issues; NULL for other acts. */
static Civil__V1__DocumentIssued *issued_by(const Civil__V1__Content *content)
{
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_ISSUED) {
		return content->document_issued;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_RENEWED) {
		return content->document_renewed->issue;
	}
	return content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_REPLACED
	               ? content->document_replaced->issue
	               : NULL;
}

static void tell_act(struct told *told, const struct tale_act *act)
{
	struct reading reading = { .as = '\0' };

	told->day = told->first + act->day;
	tale_read(told, &reading, act);
	const Civil__V1__Content *content = reading.draft.content;
	Civil__V1__DocumentIssued *document = issued_by(content);
	bool numbers = content->kind_case == CIVIL__V1__CONTENT__KIND_NUMBER_ALLOCATED;

	if (document != NULL) {
		tale_complete(told, &document->base);
		family_print(told->family, document, person_of(told, reading.draft.parts[0].person),
		             told->day);
	}
	struct hash id = writer_emit(told->family->writer, &reading.draft);

	if (reading.as != '\0') {
		told->acts[tale_letter(reading.as)] = id;
	}
	if (numbers) {
		struct person *holder = person_of(told, reading.draft.parts[0].person);

		number_draw(holder->number, &id, &holder->id, 0);
	}
	for (size_t i = 0; i < reading.created_count; i++) {
		told->people[tale_letter(reading.created[i])].id =
		        crypto_created_id(&id, (uint32_t)i + 1);
	}
}

/* Whoever stands in the cast: of the age told on the first day of the tale. The papers of all but
 * those with a star are in the register before it begins. */
static void gather(struct told *told, const char *cast)
{
	struct family *family = told->family;

	while (*cast != '\0') {
		struct person *person = &told->people[tale_letter(cast[0])];
		char *end;
		long age = strtol(cast + 2, &end, 10);

		person->sex =
		        cast[1] == 'F' ? CIVIL__V1__SEX__SEX_FEMALE : CIVIL__V1__SEX__SEX_MALE;
		person->birth = told->first - (int32_t)age * DAYS_PER_YEAR - DAYS_PER_YEAR / 2;
		if (*end == '*') {
			person->country = "THA";
			person->at_home = true;
		} else if (cast[0] == 'k') {
			*person = family_newborn(family, person->birth);
		} else {
			family_paper_person(family, person);
		}
		told->acts[tale_letter(cast[0])] = person->act;
		cast = *end == '*' ? end + 1 : end;
		cast += *cast == ' ' ? 1 : 0;
	}
}

static void hire(struct told *told, const char *office)
{
	for (size_t i = 0; i < TALE_OFFICERS; i++) {
		struct officer *officer = &told->officers[i];
		struct id seed = writer_id(told->family->writer);
		struct hash hash = crypto_sha256(bytes_of_id(&seed));

		compose_key_of_seed(&officer->key, hash.bytes);
		(void)snprintf(officer->office, sizeof(officer->office), "%s",
		               tale_text(told, office));
	}
}

void tale_tell(struct family *family, const struct tale *tale, int32_t day)
{
	struct told told = { .family = family, .serial = *family->serial, .first = day };

	*family->serial += TALE_NAMES;
	for (size_t i = 0; i < TALE_LETTERS; i++) {
		told.people[i].serial = told.serial + i;
	}
	told.people[tale_letter('w')] = family->wife;
	told.people[tale_letter('h')] = family->husband;
	told.acts[tale_letter('w')] = family->wife.act;
	told.acts[tale_letter('h')] = family->husband.act;
	told.acts[tale_letter('m')] = family->marriage;
	hire(&told, tale->office == NULL ? "%c" : tale->office);
	gather(&told, tale->cast);
	for (const struct tale_act *act = tale->acts; act->kind != NULL; act++) {
		tell_act(&told, act);
	}
}

static const struct tale *const topics[] = {
	tales_of_unions,   tales_of_filiation,  tales_of_residence, tales_of_papers,
	tales_of_identity, tales_of_governance, tales_of_refusals,
};
enum { TOPICS = sizeof(topics) / sizeof(topics[0]) };

static uint64_t count_topic(const struct tale *topic)
{
	uint64_t count = 0;

	while (topic[count].name != NULL) {
		count++;
	}
	return count;
}

uint64_t tale_count(void)
{
	uint64_t count = 0;

	for (size_t i = 0; i < TOPICS; i++) {
		count += count_topic(topics[i]);
	}
	return count;
}

const struct tale *tale_of(uint64_t number)
{
	size_t topic = 0;

	number %= tale_count();
	while (number >= count_topic(topics[topic])) {
		number -= count_topic(topics[topic]);
		topic++;
	}
	return &topics[topic][number];
}
