#include "ledger/rules/number_acts.h"

#include "ledger/event/partial_date.h"

#define NUMBER(name) CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_##name

/* The block_reserved with this event id; false when there is none. */
static bool find_block(struct judgement *j, struct stored_record *record,
                       const ProtobufCBinaryData *event_id)
{
	return event_id->len == HASH_BYTES &&
	       judgement_settle(j, view_record_by_event(j->view, record,
	                                                bytes_of(event_id->data, event_id->len))) &&
	       record->event.content != NULL &&
	       record->event.content->kind_case == CONTENT_CASE(BLOCK_RESERVED);
}

static bool is_returned(struct judgement *j, const struct stored_record *block)
{
	struct id nobody;
	uint64_t index;

	return judgement_settle(j, view_number(j->view, &nobody, &index, NUMBER_BLOCK_RETURNED,
	                                       bytes_of_hash(&block->event.id)));
}

/* True while no declaration has taken the number. */
static bool is_unused(struct judgement *j, const char *number)
{
	static const struct id nobody;
	struct id owner;
	uint64_t index;

	return judgement_settle(j, view_number(j->view, &owner, &index, NUMBER_PERSONAL,
	                                       bytes_of_string(number))) &&
	       id_equal(&owner, &nobody);
}

static bool holds(const Civil__V1__RecordContent *kept, const char *number)
{
	for (size_t i = 0; i < kept->n_numbers; i++) {
		if (strcmp(kept->numbers[i]->number, number) == 0) {
			return true;
		}
	}
	return false;
}

const char *number_acts_office(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct stored_record block;

	if (content->kind_case == CONTENT_CASE(BLOCK_RESERVED)) {
		return content->block_reserved->office_id;
	}
	return content->kind_case == CONTENT_CASE(BLOCK_RETURNED) &&
	                       find_block(j, &block, &content->block_returned->block)
	               ? block.event.content->block_reserved->office_id
	               : NULL;
}

void number_acts_counted(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct stored_record block;
	int32_t unused = 0;

	if (content->kind_case != CONTENT_CASE(BLOCK_RETURNED) ||
	    !find_block(j, &block, &content->block_returned->block) || is_returned(j, &block)) {
		return; /* S12, S13 or S14 */
	}
	for (size_t i = 0; i < block.kept->n_numbers; i++) {
		unused += is_unused(j, block.kept->numbers[i]->number);
	}
	if (unused != content->block_returned->unused_count) {
		(void)finding_broken(j, "content.block_returned.unused_count");
	}
}

static bool is_live(const Civil__V1__PersonState *state, const char *number)
{
	for (size_t i = 0; i < state->n_numbers; i++) {
		if (state->numbers[i]->status == NUMBER(LIVE) &&
		    strcmp(state->numbers[i]->number, number) == 0) {
			return true;
		}
	}
	return false;
}

void number_acts_named(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct office office;

	if (content->kind_case == CONTENT_CASE(BLOCK_RESERVED) &&
	    content->block_reserved->office_id[0] != '\0' && /* else S07 */
	    !judgement_settle(
	            j, authority_office(j->view, &office, content->block_reserved->office_id))) {
		(void)finding_broken(j, "content.block_reserved.office_id");
	}
	if (content->kind_case != CONTENT_CASE(NUMBER_CLOSED)) {
		return;
	}
	struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	const Civil__V1__PersonState *state = holder == NULL ? NULL : party_state(j, holder);

	if (state != NULL && !is_live(state, content->number_closed->number)) {
		(void)finding_broken(j, "content.number_closed.number");
	}
}

void number_acts_in_force(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct stored_record block;

	if (content->kind_case == CONTENT_CASE(BLOCK_RETURNED) &&
	    find_block(j, &block, &content->block_returned->block) && is_returned(j, &block)) {
		(void)finding_broken(j, "content.block_returned.block");
	}
}

/* Open to a declaration of this office on its day. */
static bool is_open(struct judgement *j, const struct stored_record *block)
{
	const Civil__V1__BlockReserved *reserved = block->event.content->block_reserved;
	int32_t last;

	return strcmp(reserved->office_id, j->event->header->office_id) == 0 &&
	       partial_date_day(&last, reserved->expires) && j->own.declared_day <= last &&
	       !is_returned(j, block);
}

/* The number that an earlier declaration of the case took, or a verification gave; NULL: none. */
static const char *number_of_case(const struct judgement *j)
{
	for (size_t i = 0; i < j->case_count; i++) {
		if (j->case_records[i].kept->n_numbers > 0) {
			return j->case_records[i].kept->numbers[0]->number;
		}
	}
	return NULL;
}

/* A newer declaration of the case keeps the number it has. */
static bool may_take(struct judgement *j, const Civil__V1__BlockNumber *told)
{
	const char *had = number_of_case(j);
	struct stored_record block;

	if (!find_block(j, &block, &told->block) || !holds(block.kept, told->number)) {
		return false;
	}
	return had == NULL ? is_open(j, &block) && is_unused(j, told->number)
	                   : strcmp(had, told->number) == 0;
}

void number_acts_unused(struct judgement *j)
{
	const Civil__V1__Content *content = j->own.content;
	const Civil__V1__BlockNumber *told =
	        content != NULL && content->kind_case == CONTENT_CASE(BIRTH)
	                ? content->birth->kidc_block
	                : NULL;

	if (j->step == STEP(DECLARED) && told != NULL && !may_take(j, told)) {
		(void)finding_broken(j, "content.birth.kidc_block");
	}
	if (j->event->content->kind_case == CONTENT_CASE(VERIFICATION) && told == NULL &&
	    j->event->content->verification->kidc_source ==
	            CIVIL__V1__NUMBER_SOURCE__NUMBER_SOURCE_BLOCK) {
		(void)finding_broken(j, "content.verification.kidc_source");
	}
}
