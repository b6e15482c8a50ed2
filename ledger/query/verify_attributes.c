#include "ledger/query/verify_attributes.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/query/attribute.h"
#include "ledger/query/protection.h"
#include "ledger/query/query.h"
#include "ledger/rules/standing.h"

enum { AGE_MAX = 200 };

#define COMPARISON(name) CIVIL__V1__COMPARISON__COMPARISON_##name
#define ATTRIBUTE(name)  CIVIL__V1__STATEMENT__ATTRIBUTE_##name

/* What answering one statement needs. */
struct asked {
	const Civil__V1__PersonState *state;
	const Civil__V1__Statement *statement;
	int32_t day;
};

/* An attribute below and at the value, and so all orders. */
struct order {
	enum ternary below;     /* < value */
	enum ternary not_above; /* <= value */
	enum ternary same;
};

static enum status compare_order(enum ternary *out, Civil__V1__Comparison comparison,
                                 struct order order)
{
	switch (comparison) {
	case COMPARISON(UNSPECIFIED):
	case COMPARISON(EQUAL):
		*out = order.same;
		return STATUS_OK;
	case COMPARISON(NOT_EQUAL):
		*out = ternary_not(order.same);
		return STATUS_OK;
	case COMPARISON(LESS):
		*out = order.below;
		return STATUS_OK;
	case COMPARISON(AT_MOST):
		*out = order.not_above;
		return STATUS_OK;
	case COMPARISON(AT_LEAST):
		*out = ternary_not(order.below);
		return STATUS_OK;
	case COMPARISON(MORE):
		*out = ternary_not(order.not_above);
		return STATUS_OK;
	case _CIVIL__V1__COMPARISON_IS_INT_SIZE:
		break;
	}
	return STATUS_INVALID;
}

static enum status compare_same(enum ternary *out, Civil__V1__Comparison comparison,
                                enum ternary same)
{
	if (comparison == COMPARISON(UNSPECIFIED) || comparison == COMPARISON(EQUAL)) {
		*out = same;
		return STATUS_OK;
	}
	if (comparison == COMPARISON(NOT_EQUAL)) {
		*out = ternary_not(same);
		return STATUS_OK;
	}
	return STATUS_INVALID;
}

static enum status answer_age(enum ternary *out, const struct asked *asked)
{
	const Civil__V1__Statement *statement = asked->statement;
	struct order order = { TERNARY_UNKNOWN, TERNARY_UNKNOWN, TERNARY_UNKNOWN };
	struct interval day = interval_of_day(asked->day);
	struct interval birth;

	if (statement->age < 0 || statement->age > AGE_MAX) {
		return STATUS_INVALID;
	}
	if (standing_birth(&birth, asked->state, asked->day)) {
		enum ternary reached = interval_age_at_least(birth, day, statement->age);
		enum ternary passed = interval_age_at_least(birth, day, statement->age + 1);

		order = (struct order){ .below = ternary_not(reached),
			                .not_above = ternary_not(passed),
			                .same = ternary_and(reached, ternary_not(passed)) };
	}
	return compare_order(out, statement->comparison, order);
}

static enum status answer_birth(enum ternary *out, const struct asked *asked)
{
	struct order order = { TERNARY_UNKNOWN, TERNARY_UNKNOWN, TERNARY_UNKNOWN };
	struct interval birth;
	int32_t value;

	if (!partial_date_day(&value, asked->statement->birth)) {
		return STATUS_INVALID;
	}
	if (standing_birth(&birth, asked->state, asked->day)) {
		struct interval day = interval_of_day(value);

		order = (struct order){ .below = interval_before(birth, day),
			                .not_above = interval_not_after(birth, day),
			                .same = interval_same(birth, day) };
	}
	return compare_order(out, asked->statement->comparison, order);
}

static enum ternary alive_as_said(const struct asked *asked)
{
	enum ternary alive = attribute_alive(asked->state);

	return asked->statement->alive ? alive : ternary_not(alive);
}

static enum status answer_one(enum ternary *out, const struct asked *asked)
{
	const Civil__V1__PersonState *state = asked->state;
	const Civil__V1__Statement *statement = asked->statement;
	enum ternary same = TERNARY_UNKNOWN;

	switch (statement->attribute_case) {
	case ATTRIBUTE(AGE):
		return answer_age(out, asked);
	case ATTRIBUTE(BIRTH):
		return answer_birth(out, asked);
	case ATTRIBUTE(ALIVE):
		same = alive_as_said(asked);
		break;
	case ATTRIBUTE(SEX):
		same = attribute_sex(state, statement->sex);
		break;
	case ATTRIBUTE(CIVIL_STATUS):
		same = attribute_civil_status(state, statement->civil_status);
		break;
	case ATTRIBUTE(NATIONALITY):
		same = attribute_national(state, statement->nationality, asked->day);
		break;
	case ATTRIBUTE(RESIDENCE):
		same = attribute_resident(state, statement->residence);
		break;
	case ATTRIBUTE(NUMBER):
		same = attribute_number(state, statement->number);
		break;
	case CIVIL__V1__STATEMENT__ATTRIBUTE__NOT_SET:
	case _CIVIL__V1__STATEMENT__ATTRIBUTE__CASE_IS_INT_SIZE:
		return STATUS_INVALID;
	}
	return compare_same(out, statement->comparison, same);
}

static enum status answer(struct query *query, Civil__V1__VerifyAttributesResponse **out,
                          const Civil__V1__VerifyAttributesRequest *request,
                          const Civil__V1__PersonState *state, int32_t day)
{
	Civil__V1__VerifyAttributesResponse *response =
	        query_new(query, &civil__v1__verify_attributes_response__descriptor);

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(query);
	response->answers =
	        arena_array(query->view.arena, request->n_statements, sizeof(*response->answers));
	if (response->position == NULL || response->answers == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < request->n_statements; i++) {
		const struct asked asked = { state, request->statements[i], day };
		enum ternary value;
		enum status status = answer_one(&value, &asked);

		if (status != STATUS_OK) {
			return status;
		}
		response->answers[i] = attribute_answer(value);
		response->n_answers++;
	}
	*out = response;
	return STATUS_OK;
}

enum status query_verify_attributes(struct view *view, Civil__V1__VerifyAttributesResponse **out,
                                    const Civil__V1__VerifyAttributesRequest *request,
                                    int32_t today)
{
	Civil__V1__PersonState *state;
	struct query query;
	struct id person;
	int32_t day;
	enum status status = query_begin(
	        &query, view,
	        request->known_case == CIVIL__V1__VERIFY_ATTRIBUTES_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status == STATUS_OK &&
	    (request->n_statements == 0 || request->n_statements > STATEMENTS_MAX)) {
		status = STATUS_INVALID;
	}
	if (status == STATUS_OK) {
		status = query_day(&day, request->valid, today);
	}
	if (status == STATUS_OK) {
		status = query_named(&query, &person, request->person);
	}
	if (status == STATUS_OK) {
		status = state_at(&query.view, &state, &person, day);
	}
	if (status == STATUS_OK) {
		status = state_resolve(&query.view, state, day, STATE_VALID_ALL);
	}
	if (status == STATUS_OK) {
		status = protection_hide(&query, state, day, request->context, today);
	}
	return status == STATUS_OK ? answer(&query, out, request, state, day) : status;
}
