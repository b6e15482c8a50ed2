/* Goal: a position prints as the path that a person would write.
 * Method: roots, fields, elements, and a path that does not fit. */
#include "ledger/event/position.h"

#include "ledger/event/message.h"

#include "civil/v1/content.pb-c.h"

#include <check.h>
#include <stdlib.h>

static struct position below(const struct position *parent,
                             const ProtobufCMessageDescriptor *descriptor, const char *name,
                             size_t i)
{
	const ProtobufCFieldDescriptor *field = message_field(descriptor, name, strlen(name));

	ck_assert_ptr_nonnull(field);
	return position_of_element(parent, field, i);
}

START_TEST(fields_are_joined_by_points_and_elements_have_their_index)
{
	const struct position root = position_of_root("content");
	const struct position marriage =
	        below(&root, &civil__v1__content__descriptor, "marriage", 3);
	const struct position witness =
	        below(&marriage, &civil__v1__marriage__descriptor, "witnesses", 12);
	char text[DETAIL_PATH_MAX];

	position_print(text, &root, "");
	ck_assert_str_eq(text, "content");
	position_print(text, &marriage, "");
	ck_assert_str_eq(text, "content.marriage");
	position_print(text, &witness, "");
	ck_assert_str_eq(text, "content.marriage.witnesses[12]");
	position_print(text, &witness, "name.km_given");
	ck_assert_str_eq(text, "content.marriage.witnesses[12].name.km_given");
}
END_TEST

START_TEST(a_path_that_does_not_fit_is_cut)
{
	char name[2 * DETAIL_PATH_MAX];
	char text[DETAIL_PATH_MAX];

	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	const struct position root = position_of_root(name);
	position_print(text, &root, "more");
	ck_assert_uint_eq(strlen(text), DETAIL_PATH_MAX - 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("position");
	TCase *tcase = tcase_create("position");

	tcase_add_test(tcase, fields_are_joined_by_points_and_elements_have_their_index);
	tcase_add_test(tcase, a_path_that_does_not_fit_is_cut);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
