#include "tests/support/adopted.h"

#include "ledger/query/get_history.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <string.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

void adopted_begin(struct adopted *adopted)
{
	struct reg *reg = reg_begin();

	*adopted = (struct adopted){ .reg = reg };
	ground_lay(reg);
	adopted->mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1999-09-09", "070803");
	adopted->wife = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1988-08-08", "140101");
	adopted->husband = reg_paper_person(reg, MALE, "វុទ្ធី", "1986-06-06", "140101");
	(void)reg_reside(reg, &adopted->mother, "07080301", "2020-02-10");
	adopted->child = reg_born(reg, "ពិសិដ្ឋ", "2020-06-06", &adopted->mother, NULL);
	adopted->birth = reg_event(reg);
	adopted->sister = reg_born(reg, "សុភា", "2021-09-09", &adopted->mother, NULL);
	adopted->parts[0] = (struct reg_part){ ROLE(CHILD), &adopted->child };
	adopted->parts[1] = (struct reg_part){ ROLE(ADOPTER_A), &adopted->wife };
	adopted->parts[2] = (struct reg_part){ ROLE(ADOPTER_B), &adopted->husband };
	reg_on(reg, "2026-02-02");
}

void adopted_end(struct adopted *adopted)
{
	reg_end(adopted->reg);
}

void adopted_by_couple(struct adopted *adopted)
{
	adopted->act = reg_adopted(adopted->reg, CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_FULL,
	                           adopted->parts, "វិសាល");
	adopted->index = reg_size(adopted->reg) - 1;
}

static bool is_investigator(const void *context, const char *name)
{
	(void)context;
	return strcmp(name, "investigator") == 0;
}

void adopted_read(struct adopted *adopted, const char *warrant)
{
	struct view *view = &adopted->view.view;
	int32_t today;

	ck_assert(date_parse(&today, adopted->reg->today));
	ck_assert_int_eq(ledger_view_begin(adopted->reg->ledger, &adopted->view), STATUS_OK);
	adopted->reader = (struct reader){ .today = today,
		                           .warrant = warrant == NULL ? "" : warrant,
		                           .is_called = is_investigator };
	ck_assert_int_eq(reader_begin(&adopted->reader, view), STATUS_OK);
	view->reader = &adopted->reader;
}

void adopted_read_end(struct adopted *adopted)
{
	ledger_view_end(&adopted->view);
}

const Civil__V1__PersonState *adopted_state(struct adopted *adopted, const struct id *person,
                                            const char *day, uint64_t size)
{
	struct view at = adopted->view.view;
	int32_t valid = STATE_VALID_ALL;
	Civil__V1__PersonState *state;

	if (size != ADOPTED_NOW) {
		at.size = size;
	}
	ck_assert(day == NULL || date_parse(&valid, day));
	enum status status = state_at(&at, &state, person, valid);
	if (status == STATUS_NOT_FOUND) {
		return NULL;
	}
	ck_assert_int_eq(status, STATUS_OK);
	return state;
}

bool adopted_tells(struct adopted *adopted, const struct id *person, const char *kind)
{
	Civil__V1__GetHistoryRequest request;
	Civil__V1__GetHistoryResponse *response;

	civil__v1__get_history_request__init(&request);
	request.person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	request.person_id = reg_bytes(adopted->reg, bytes_of_id(person));
	ck_assert_int_eq(
	        query_get_history(&adopted->view.view, &response, &request, adopted->reader.today),
	        STATUS_OK);
	for (size_t i = 0; i < response->n_entries; i++) {
		if (strcmp(response->entries[i]->kind, kind) == 0) {
			return true;
		}
	}
	return false;
}

bool adopted_has_child(struct adopted *adopted, const struct id *parent, const struct id *child,
                       uint64_t size)
{
	const Civil__V1__PersonState *state = adopted_state(adopted, parent, NULL, size);

	for (size_t i = 0; i < state->n_children; i++) {
		if (memcmp(state->children[i]->person_id.data, child->bytes, ID_BYTES) == 0) {
			return true;
		}
	}
	return false;
}
