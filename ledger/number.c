#include "ledger/number.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"

#include <stdio.h>
#include <string.h>

/* With a third of all numbers in use, 64 misses in a row have probability 3^-64. */
enum { ATTEMPTS_MAX = 64 };

static uint64_t draw(const struct hash *event_id, const struct id *person, uint32_t attempt)
{
	const uint64_t first = UINT64_C(1000000000);
	struct crypto_sha256_state state;
	uint8_t counter[4];

	bytes_write_u32(counter, attempt);
	crypto_sha256_begin(&state);
	crypto_sha256_update(&state, bytes_of_string("civil-ledger/number/v1\n"));
	crypto_sha256_update(&state, bytes_of_hash(event_id));
	crypto_sha256_update(&state, bytes_of_id(person));
	crypto_sha256_update(&state, bytes_of(counter, sizeof(counter)));
	struct hash hash = crypto_sha256_end(&state);
	return first + bytes_read_u64(hash.bytes) % (9 * first);
}

void number_draw(char out[PERSONAL_NUMBER_DIGITS + 1], const struct hash *event_id,
                 const struct id *person, uint32_t attempt)
{
	(void)snprintf(out, PERSONAL_NUMBER_DIGITS + 1, "%010llu",
	               (unsigned long long)draw(event_id, person, attempt));
	out[PERSONAL_NUMBER_DIGITS - 1] = check_digit_damm(out, PERSONAL_NUMBER_DIGITS - 1);
	out[PERSONAL_NUMBER_DIGITS] = '\0';
	ASSERT(check_digit_personal_number_valid(out));
}

static bool is_among(const char *const *numbers, size_t count, const char *digits)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(numbers[i], digits) == 0) {
			return true;
		}
	}
	return false;
}

/* The first attempt whose number neither the ledger has used nor `taken` lists. */
static enum status allocate(struct view *view, const char **number, const struct hash *event_id,
                            const struct id *person, const char *const *taken, size_t taken_count)
{
	for (uint32_t attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		char digits[PERSONAL_NUMBER_DIGITS + 1];
		struct id owner;
		uint64_t index;

		number_draw(digits, event_id, person, attempt);
		enum status status =
		        view_number(view, &owner, &index, NUMBER_PERSONAL, bytes_of_string(digits));
		if (status == STATUS_NOT_FOUND && !is_among(taken, taken_count, digits)) {
			*number = arena_string(view->arena, digits);
			return *number == NULL ? STATUS_NO_MEMORY : STATUS_OK;
		}
		if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
			return status;
		}
	}
	return STATUS_CORRUPT; /* the scheme is used up, or numbers are not what they were */
}

enum status number_allocate(struct view *view, const char **number, const struct hash *event_id,
                            const struct id *person)
{
	return allocate(view, number, event_id, person, NULL, 0);
}

enum status number_allocate_block(struct view *view, const char ***numbers,
                                  const struct hash *event_id, size_t count)
{
	const char **given = arena_array(view->arena, count, sizeof(*given));
	enum status status = given == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct id place = { { 0 } };

		bytes_write_u64(place.bytes + ID_BYTES - 8, i + 1);
		status = allocate(view, &given[i], event_id, &place, given, i);
	}
	if (status == STATUS_OK) {
		*numbers = given;
	}
	return status;
}
