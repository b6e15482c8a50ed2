#include "tests/support/searching.h"

#include "tests/support/register_ground.h"

#include <check.h>

struct searching searching;

void ask_anew(const char *given)
{
	civil__v1__search_person_request__init(&searching.request);
	searching.request.given = (char *)(uintptr_t)given;
}

enum status search(Civil__V1__SearchPersonResponse **out)
{
	ledger_view_end(&searching.view);
	ck_assert_int_eq(ledger_view_begin(searching.ledger, &searching.view), STATUS_OK);
	return query_search_person(&searching.view.view, out, &searching.request, searching.today);
}

size_t found(const struct id *person, bool *is_there)
{
	Civil__V1__SearchPersonResponse *response = NULL;

	ck_assert_int_eq(search(&response), STATUS_OK);
	ck_assert(!response->refine);
	*is_there = false;
	for (size_t i = 0; i < response->n_hits; i++) {
		*is_there = *is_there ||
		            memcmp(response->hits[i]->person_id.data, person->bytes, ID_BYTES) == 0;
	}
	return response->n_hits;
}

bool finds(const struct id *person, const char *given)
{
	bool is_there;

	searching.request.given = (char *)(uintptr_t)given;
	(void)found(person, &is_there);
	return is_there;
}

void searching_in(struct ledger *ledger, const char *today)
{
	searching.ledger = ledger;
	ck_assert_int_eq(ledger_view_begin(ledger, &searching.view), STATUS_OK);
	ck_assert(date_parse(&searching.today, today));
}

void searching_begin(void)
{
	searching.reg = reg_begin();
	ground_lay(searching.reg);
	searching_in(searching.reg->ledger, "2026-06-21");
	reg_on(searching.reg, "2026-06-21");
}

void searching_end(void)
{
	ledger_view_end(&searching.view);
	reg_end(searching.reg);
}
