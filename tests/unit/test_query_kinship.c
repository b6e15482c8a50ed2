/* Goal: kin and paths are those of the edges in force on the day asked about, each person once and
 * by the nearest way, and the pages of one list hold what it was when the first was asked for.
 * Method: a family of four generations written act by act, asked from every side. */
#include "ledger/query/find_path.h"
#include "ledger/query/list_kin.h"

#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define RELATION(name) CIVIL__V1__KIN_RELATION__KIN_RELATION_##name
#define EDGE(name)     CIVIL__V1__PATH_EDGE__PATH_EDGE_##name

/*   old ---+
 *          +-- son  -- wife          stranger
 *          |    +-- ann -- ann_child
 *          |    +-- bob
 *          +-- girl
 *               +-- niece                          */
static struct life life;
static struct id old, son, wife, ann, bob, ann_child, girl, niece, stranger;
static struct hash wedding;

static void born(struct id *child, const char *name, const char *date, const struct id *mother,
                 const struct id *father)
{
	const struct life_birth birth = {
		.name = name, .date = date, .mother = mother, .father = father
	};

	(void)life_birth(&life, child, &birth);
}

static void setup(void)
{
	life_begin(&life);
	life.recorded_on = "2020-02-01";
	born(&old, "Old", "1930-01-01", NULL, NULL);
	born(&son, "Son", "1955-01-01", NULL, &old);
	born(&girl, "Girl", "1957-01-01", NULL, &old);
	born(&wife, "Wife", "1956-01-01", NULL, NULL);
	wedding = life_marriage(&life, &son, &wife, "1975-01-01", NULL);
	born(&ann, "Ann", "1976-01-01", &wife, &son);
	born(&bob, "Bob", "1978-01-01", &wife, &son);
	born(&ann_child, "Little", "2000-01-01", &ann, NULL);
	born(&niece, "Niece", "1980-01-01", &girl, NULL);
	born(&stranger, "Stranger", "1980-01-01", NULL, NULL);
}

static void teardown(void)
{
	life_end(&life);
}

static Civil__V1__PersonReference *reference(struct id *person)
{
	Civil__V1__PersonReference *made = arena_alloc(&life.arena, sizeof(*made));

	ck_assert_ptr_nonnull(made);
	civil__v1__person_reference__init(made);
	made->person_case = CIVIL__V1__PERSON_REFERENCE__PERSON_PERSON_ID;
	made->person_id = (ProtobufCBinaryData){ .data = person->bytes, .len = ID_BYTES };
	return made;
}

static bool is(ProtobufCBinaryData bytes, const struct id *person)
{
	return bytes.len == ID_BYTES && memcmp(bytes.data, person->bytes, ID_BYTES) == 0;
}

static Civil__V1__ListKinRequest kin_request(struct id *person, int32_t degree, const char *day)
{
	Civil__V1__ListKinRequest request;

	civil__v1__list_kin_request__init(&request);
	request.person = reference(person);
	request.degree = degree;
	request.valid = life_date(&life, day);
	return request;
}

static enum status ask_kin(Civil__V1__ListKinResponse **out,
                           const Civil__V1__ListKinRequest *request)
{
	static struct view view;

	view = life_view(&life);
	return query_list_kin(&view, out, request, life_day("2020-02-01"));
}

static Civil__V1__ListKinResponse *kin(struct id *person, int32_t degree, const char *day)
{
	const Civil__V1__ListKinRequest request = kin_request(person, degree, day);
	Civil__V1__ListKinResponse *response;

	ck_assert_int_eq(ask_kin(&response, &request), STATUS_OK);
	return response;
}

/* What a person is in the list; UNSPECIFIED when not there. */
static const Civil__V1__Kin *find(const Civil__V1__ListKinResponse *response,
                                  const struct id *person)
{
	const Civil__V1__Kin *found = NULL;

	for (size_t i = 0; i < response->n_kin; i++) {
		if (is(response->kin[i]->person_id, person)) {
			ck_assert_ptr_null(found); /* nobody twice */
			found = response->kin[i];
		}
	}
	return found;
}

START_TEST(parents_children_and_siblings_are_the_nearest)
{
	Civil__V1__ListKinResponse *response = kin(&ann, 0, "2020-02-01");

	ck_assert_uint_eq(response->n_kin, 5);
	ck_assert_int_eq(find(response, &son)->relation, RELATION(ASCENDANT));
	ck_assert_int_eq(find(response, &son)->role, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_FATHER);
	ck_assert_int_eq(find(response, &son)->basis, CIVIL__V1__PARENT_BASIS__PARENT_BASIS_BIRTH);
	ck_assert_int_eq(find(response, &wife)->role, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER);
	ck_assert_int_eq(find(response, &ann_child)->relation, RELATION(DESCENDANT));
	ck_assert_int_eq(find(response, &bob)->relation, RELATION(SIBLING));
	ck_assert_int_eq(find(response, &old)->up, 2);
	ck_assert_ptr_null(find(response, &girl)); /* degree 3 */
	ck_assert_ptr_null(find(response, &ann));
	ck_assert_ptr_nonnull(response->position);
	ck_assert_str_eq(response->next_page_token, "");
}
END_TEST

START_TEST(a_higher_degree_reaches_uncles_and_cousins)
{
	Civil__V1__ListKinResponse *response = kin(&ann, 4, "2020-02-01");

	ck_assert_int_eq(find(response, &girl)->relation, RELATION(COLLATERAL));
	ck_assert_int_eq(find(response, &girl)->up, 2);
	ck_assert_int_eq(find(response, &girl)->down, 1);
	ck_assert_int_eq(find(response, &niece)->down, 2);
	ck_assert_ptr_null(find(response, &stranger));
}
END_TEST

START_TEST(the_spouse_comes_first_and_only_while_married)
{
	Civil__V1__ListKinResponse *response = kin(&son, 1, "2020-02-01");

	ck_assert_int_eq(response->kin[0]->relation, RELATION(SPOUSE));
	ck_assert(is(response->kin[0]->person_id, &wife));
	ck_assert_uint_eq(response->n_kin, 4);
	response = kin(&son, 1, "1974-12-31");
	ck_assert_uint_eq(response->n_kin, 1); /* no wife, no children yet */
	ck_assert(is(response->kin[0]->person_id, &old));
	life.recorded_on = "2020-03-01";
	(void)life_divorce(&life, &son, &wife, &wedding, "2020-02-15");
	response = kin(&son, 1, "2020-03-01");
	ck_assert_ptr_null(find(response, &wife));
}
END_TEST

START_TEST(pages_hold_one_list_whatever_comes_between)
{
	Civil__V1__ListKinRequest request = kin_request(&son, 4, "2020-02-01");
	Civil__V1__ListKinResponse *response;
	struct id late = { { 0 } };
	size_t seen = 0;
	uint64_t known = 0;

	request.page_size = 2;
	do {
		ck_assert_int_eq(ask_kin(&response, &request), STATUS_OK);
		ck_assert_uint_le(response->n_kin, 2);
		ck_assert(known == 0 || response->position->known == known);
		ck_assert_ptr_null(find(response, &late));
		known = response->position->known;
		seen += response->n_kin;
		request.page_token = arena_string(&life.arena, response->next_page_token);
		born(&late, "Late", "2020-01-01", &wife, &son);
	} while (request.page_token[0] != '\0');
	/* wife, old, ann, bob, girl, ann_child, niece */
	ck_assert_uint_eq(seen, 7);
}
END_TEST

START_TEST(a_token_is_good_for_its_own_request_only)
{
	Civil__V1__ListKinRequest request = kin_request(&son, 4, "2020-02-01");
	Civil__V1__ListKinResponse *response;

	request.page_size = 2;
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_OK);
	char *token = arena_string(&life.arena, response->next_page_token);

	request.page_token = token;
	request.page_size = 3; /* the size may change */
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_OK);
	request.degree = 3;
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_INVALID);
	request.degree = 4;
	token[0] = 'x';
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_INVALID);
	token[0] = '0';
	token[strlen(token) - 2] = '\0'; /* a byte short */
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_INVALID);
	request.page_token = token + strlen(token);
	request.page_size = -1;
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_INVALID);
}
END_TEST

START_TEST(what_names_nobody_is_refused)
{
	Civil__V1__ListKinRequest request = kin_request(&son, -1, "2020-02-01");
	Civil__V1__ListKinResponse *response;
	struct id nobody = { { 9 } };

	ck_assert_int_eq(ask_kin(&response, &request), STATUS_INVALID);
	request = kin_request(&nobody, 0, "2020-02-01");
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_NOT_FOUND);
	request = kin_request(&son, 0, "1954-12-31"); /* not born */
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_NOT_FOUND);
	request = kin_request(&son, 0, "2020-02-01");
	request.person = NULL;
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_INVALID);
	request = kin_request(&son, 0, "2020-02-01");
	request.known_case = CIVIL__V1__LIST_KIN_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = life.head.size + 1;
	ck_assert_int_eq(ask_kin(&response, &request), STATUS_OUT_OF_RANGE);
}
END_TEST

static enum status ask_path(Civil__V1__FindPathResponse **response, struct id *from, struct id *to,
                            bool by_marriage, int32_t degree)
{
	static struct view view;
	Civil__V1__FindPathRequest request;

	civil__v1__find_path_request__init(&request);
	request.from = reference(from);
	request.to = reference(to);
	request.by_marriage = by_marriage;
	request.degree = degree;
	view = life_view(&life);
	return query_find_path(&view, response, &request, life_day("2020-02-01"));
}

START_TEST(a_path_climbs_and_descends)
{
	Civil__V1__FindPathResponse *response;

	ck_assert_int_eq(ask_path(&response, &ann, &niece, false, 0), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 5);
	ck_assert(is(response->steps[0]->person_id, &ann));
	ck_assert_int_eq(response->steps[0]->edge, EDGE(UNSPECIFIED));
	ck_assert(is(response->steps[2]->person_id, &old));
	ck_assert_int_eq(response->steps[2]->edge, EDGE(PARENT));
	ck_assert(is(response->steps[4]->person_id, &niece));
	ck_assert_int_eq(response->steps[4]->edge, EDGE(CHILD));
	ck_assert_int_eq(ask_path(&response, &ann, &niece, false, 3), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 0); /* one degree short */
	ck_assert_int_eq(ask_path(&response, &ann, &ann, false, 0), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 1);
}
END_TEST

START_TEST(parents_of_one_child_are_kin_by_marriage_only)
{
	Civil__V1__FindPathResponse *response;

	ck_assert_int_eq(ask_path(&response, &son, &wife, false, 0), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 0);
	ck_assert_int_eq(ask_path(&response, &son, &wife, true, 0), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 2);
	ck_assert_int_eq(response->steps[1]->edge, EDGE(SPOUSE));
	ck_assert_int_eq(ask_path(&response, &wife, &niece, true, 0), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 5); /* husband, his father, sister, niece */
	ck_assert_int_eq(ask_path(&response, &niece, &wife, true, 0), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 5);
	ck_assert_int_eq(response->steps[4]->edge, EDGE(SPOUSE));
	ck_assert_int_eq(ask_path(&response, &wife, &stranger, true, 0), STATUS_OK);
	ck_assert_uint_eq(response->n_steps, 0);
	ck_assert_int_eq(ask_path(&response, &wife, &stranger, true, -1), STATUS_INVALID);
}
END_TEST

static Suite *kinship_suite(void)
{
	Suite *suite = suite_create("query_kinship");
	TCase *tests = tcase_create("kinship");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, parents_children_and_siblings_are_the_nearest);
	tcase_add_test(tests, a_higher_degree_reaches_uncles_and_cousins);
	tcase_add_test(tests, the_spouse_comes_first_and_only_while_married);
	tcase_add_test(tests, pages_hold_one_list_whatever_comes_between);
	tcase_add_test(tests, a_token_is_good_for_its_own_request_only);
	tcase_add_test(tests, what_names_nobody_is_refused);
	tcase_add_test(tests, a_path_climbs_and_descends);
	tcase_add_test(tests, parents_of_one_child_are_kin_by_marriage_only);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(kinship_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
