/* Goal: an arena hands out zeroed, aligned, separate memory up to its cap, and takes it all back.
 * Method: allocations of many sizes are filled and looked at again; sizes around the cap and around
 * the end of numbers; the same work twice, to see that kept chunks are clean. */
#include "ledger/base/arena.h"

#include <check.h>
#include <signal.h>
#include <stdalign.h>
#include <stdlib.h>

enum { CAP = 1 << 20, ALIGNMENT = alignof(max_align_t), ALLOCATIONS = 200 };

static struct arena arena;

static void setup(void)
{
	arena_init(&arena, CAP);
}

static void teardown(void)
{
	arena_fini(&arena);
}

static bool is_filled(const uint8_t *memory, size_t size, uint8_t value)
{
	for (size_t i = 0; i < size; i++) {
		if (memory[i] != value) {
			return false;
		}
	}
	return true;
}

/* Sizes that cross chunks in many ways: small ones, and one in ten larger than a chunk. */
static size_t size_of(size_t i)
{
	return i % 10 == 7 ? 20000 + i : i * 37 % 1000;
}

START_TEST(memory_is_zeroed_aligned_and_separate_also_after_a_reset)
{
	for (int round = 0; round < 3; round++) {
		uint8_t *memory[ALLOCATIONS];

		for (size_t i = 0; i < ALLOCATIONS; i++) {
			memory[i] = arena_alloc(&arena, size_of(i));
			ck_assert_ptr_nonnull(memory[i]);
			ck_assert_uint_eq((uintptr_t)memory[i] % ALIGNMENT, 0);
			ck_assert(is_filled(memory[i], size_of(i), 0));
			memset(memory[i], (int)(i + 1), size_of(i));
		}
		for (size_t i = 0; i < ALLOCATIONS; i++) {
			ck_assert(is_filled(memory[i], size_of(i), (uint8_t)(i + 1)));
		}
		arena_reset(&arena);
		ck_assert_uint_eq(arena.used, 0);
	}
}
END_TEST

START_TEST(the_cap_is_reached_and_not_passed)
{
	ck_assert_ptr_nonnull(arena_alloc(&arena, CAP - 2 * ALIGNMENT));
	ck_assert_ptr_nonnull(arena_alloc(&arena, 1));
	ck_assert_ptr_null(arena_alloc(&arena, ALIGNMENT + 1));
	ck_assert(arena.cap_reached);
	ck_assert(!arena.heap_failed);
	/* What fits is still handed out. */
	ck_assert_ptr_nonnull(arena_alloc(&arena, ALIGNMENT));
	ck_assert_uint_eq(arena.used, CAP);
	ck_assert_ptr_null(arena_alloc(&arena, 1));
	ck_assert_ptr_nonnull(arena_alloc(&arena, 0));
	arena_reset(&arena);
	ck_assert(!arena.cap_reached);
	ck_assert_ptr_nonnull(arena_alloc(&arena, CAP));
}
END_TEST

START_TEST(sizes_at_the_end_of_numbers_are_refused) /* loop test */
{
	arena_fini(&arena);
	arena_init(&arena, PTRDIFF_MAX);
	ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX - (size_t)_i));
	ck_assert(arena.cap_reached);
	ck_assert_uint_eq(arena.used, 0);
}
END_TEST

START_TEST(an_array_whose_size_wraps_is_refused)
{
	ck_assert_ptr_null(arena_array(&arena, SIZE_MAX / 2 + 1, 2));
	ck_assert(arena.cap_reached);
	arena_reset(&arena);
	ck_assert_ptr_null(arena_array(&arena, 2, SIZE_MAX / 2 + 1));
	ck_assert(arena.cap_reached);
	arena_reset(&arena);
	ck_assert_ptr_nonnull(arena_array(&arena, 3, 5));
	ck_assert_uint_eq(arena.used, 16);
	ck_assert_ptr_nonnull(arena_array(&arena, SIZE_MAX, 0));
	ck_assert_ptr_nonnull(arena_array(&arena, 0, SIZE_MAX));
	ck_assert(!arena.cap_reached);
}
END_TEST

/* Sanitizers end the program where malloc would fail. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
START_TEST(a_failing_heap_is_told_from_the_cap)
{
	arena_fini(&arena);
	arena_init(&arena, PTRDIFF_MAX);
	ck_assert_ptr_null(arena_alloc(&arena, PTRDIFF_MAX - 64));
	ck_assert(arena.heap_failed);
	ck_assert(!arena.cap_reached);
	ck_assert_uint_eq(arena.used, 0);
	ck_assert_ptr_nonnull(arena_alloc(&arena, 64));
	arena_reset(&arena);
	ck_assert(!arena.heap_failed);
}
END_TEST
#endif

START_TEST(a_cap_beyond_all_memory_is_our_mistake)
{
	arena_init(&arena, (size_t)PTRDIFF_MAX + 1);
}
END_TEST

START_TEST(copies_live_on_without_what_they_copy)
{
	char from[] = "abc";
	uint8_t *copy = arena_copy(&arena, bytes_of(from, 2));
	char *string = arena_string(&arena, from);
	char *printed = arena_printf(&arena, "%s-%d", from, 42);

	memset(from, 'x', 3);
	ck_assert_mem_eq(copy, "ab", 2);
	ck_assert_str_eq(string, "abc");
	ck_assert_str_eq(printed, "abc-42");
	ck_assert_str_eq(arena_printf(&arena, "%s", ""), "");
	ck_assert_str_eq(arena_string(&arena, ""), "");
	ck_assert_ptr_nonnull(arena_copy(&arena, bytes_of(NULL, 0)));
}
END_TEST

START_TEST(copies_that_do_not_fit_are_not_made)
{
	char text[2 * ALIGNMENT];

	memset(text, 'x', sizeof(text));
	text[ALIGNMENT] = '\0';
	arena_fini(&arena);
	arena_init(&arena, ALIGNMENT);
	ck_assert_ptr_null(arena_copy(&arena, bytes_of(text, ALIGNMENT + 1)));
	ck_assert_ptr_null(arena_string(&arena, text)); /* its NUL does not fit */
	ck_assert_ptr_null(arena_printf(&arena, "%s", text));
	ck_assert_uint_eq(arena.used, 0);
	ck_assert_str_eq(arena_printf(&arena, "%s", text + 1), text + 1);
}
END_TEST

START_TEST(protobuf_allocates_here_and_frees_nothing)
{
	ProtobufCAllocator *allocator = &arena.allocator;
	uint8_t *first = allocator->alloc(allocator->allocator_data, 10);

	ck_assert_ptr_nonnull(first);
	memset(first, 7, 10);
	allocator->free(allocator->allocator_data, first);
	uint8_t *second = allocator->alloc(allocator->allocator_data, 10);
	memset(second, 8, 10);
	ck_assert(is_filled(first, 10, 7));
	ck_assert_uint_eq(arena.used, 32);
	ck_assert_ptr_null(allocator->alloc(allocator->allocator_data, CAP));
}
END_TEST

START_TEST(a_finished_arena_may_be_finished_and_used_again)
{
	ck_assert_ptr_nonnull(arena_alloc(&arena, 100));
	arena_fini(&arena);
	arena_fini(&arena);
	ck_assert_uint_eq(arena.used, 0);
	ck_assert_ptr_nonnull(arena_alloc(&arena, 100));
}
END_TEST

START_TEST(kept_chunks_are_used_again)
{
	void *first = arena_alloc(&arena, 100);
	void *large = arena_alloc(&arena, 50000);

	arena_reset(&arena);
	ck_assert_ptr_eq(arena_alloc(&arena, 100), first);
	ck_assert_ptr_eq(arena_alloc(&arena, 40000), large);
}
END_TEST

START_TEST(memory_held_is_bounded_however_sizes_change)
{
	const size_t chunk = 16384;
	uint64_t seed = 1;

	for (int round = 0; round < 300; round++) {
		do {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
		} while (arena_alloc(&arena, (seed >> 33) % (chunk << (seed >> 60) % 5)) != NULL);
		ck_assert(arena.cap_reached);
		ck_assert_uint_le(arena.held, 3 * CAP + 2 * chunk);
		arena_reset(&arena);
		ck_assert_uint_le(arena.held, CAP + chunk);
	}
	arena_fini(&arena);
	ck_assert_uint_eq(arena.held, 0);
}
END_TEST

START_TEST(moved_memory_is_the_others)
{
	struct arena from;
	struct arena to;

	arena_init(&from, CAP);
	char *word = arena_string(&from, "word");
	size_t held = from.held;
	arena_move(&to, &from);
	ck_assert_uint_eq(from.held, 0);
	ck_assert_uint_eq(from.used, 0);
	ck_assert_uint_eq(from.cap, CAP);
	arena_fini(&from);
	ck_assert_str_eq(word, "word");
	/* what protobuf takes, it takes from the new one */
	ck_assert_ptr_nonnull(to.allocator.alloc(to.allocator.allocator_data, 1));
	ck_assert_uint_gt(to.used, sizeof("word"));
	ck_assert_uint_eq(to.held, held);
	arena_fini(&to);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("arena");
	TCase *tcase = tcase_create("arena");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, memory_is_zeroed_aligned_and_separate_also_after_a_reset);
	tcase_add_test(tcase, the_cap_is_reached_and_not_passed);
	tcase_add_loop_test(tcase, sizes_at_the_end_of_numbers_are_refused, 0, 2 * ALIGNMENT);
	tcase_add_test(tcase, an_array_whose_size_wraps_is_refused);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	tcase_add_test(tcase, a_failing_heap_is_told_from_the_cap);
#endif
	tcase_add_test_raise_signal(tcase, a_cap_beyond_all_memory_is_our_mistake, SIGABRT);
	tcase_add_test(tcase, copies_live_on_without_what_they_copy);
	tcase_add_test(tcase, copies_that_do_not_fit_are_not_made);
	tcase_add_test(tcase, protobuf_allocates_here_and_frees_nothing);
	tcase_add_test(tcase, a_finished_arena_may_be_finished_and_used_again);
	tcase_add_test(tcase, kept_chunks_are_used_again);
	tcase_add_test(tcase, memory_held_is_bounded_however_sizes_change);
	tcase_add_test(tcase, moved_memory_is_the_others);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
