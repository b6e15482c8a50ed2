#include "node/floor.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "node/durable_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

/* Offsets within a slot. */
enum {
	AT_DOMAIN = 0,
	AT_GENERATION = 24,
	AT_BATCH = 32,
	AT_SIZE = 40,
	AT_HEAD = 48,
	AT_CHECKSUM = 80,
};

static const uint8_t domain[AT_GENERATION] = "civil-ledger/floor/v1\n";

_Static_assert(AT_CHECKSUM + (int)HASH_BYTES == (int)FLOOR_SLOT_BYTES, "the layout in floor.h");

static void slot_encode(uint8_t slot[FLOOR_SLOT_BYTES], uint64_t generation,
                        const struct floor_state *state)
{
	memcpy(slot + AT_DOMAIN, domain, sizeof(domain));
	bytes_write_u64(slot + AT_GENERATION, generation);
	bytes_write_u64(slot + AT_BATCH, state->batch);
	bytes_write_u64(slot + AT_SIZE, state->size);
	memcpy(slot + AT_HEAD, state->head.bytes, HASH_BYTES);

	struct hash checksum = crypto_sha256(bytes_of(slot, AT_CHECKSUM));
	memcpy(slot + AT_CHECKSUM, checksum.bytes, HASH_BYTES);
}

/* False when the slot is not whole, or is a copy of the other one out of place. */
static bool slot_decode(const uint8_t slot[FLOOR_SLOT_BYTES], uint64_t number, uint64_t *generation,
                        struct floor_state *state)
{
	struct hash checksum = crypto_sha256(bytes_of(slot, AT_CHECKSUM));
	uint64_t found = bytes_read_u64(slot + AT_GENERATION);

	if (memcmp(slot + AT_CHECKSUM, checksum.bytes, HASH_BYTES) != 0 ||
	    memcmp(slot + AT_DOMAIN, domain, sizeof(domain)) != 0 || found % 2 != number) {
		return false;
	}
	*generation = found;
	state->batch = bytes_read_u64(slot + AT_BATCH);
	state->size = bytes_read_u64(slot + AT_SIZE);
	memcpy(state->head.bytes, slot + AT_HEAD, HASH_BYTES);
	return true;
}

static off_t slot_offset(uint64_t generation)
{
	return (off_t)(generation % 2 * FLOOR_SLOT_DISTANCE);
}

enum status floor_create(const char *path, const struct floor_state *state, struct detail *detail)
{
	uint8_t bytes[FLOOR_FILE_BYTES] = { 0 };

	if (access(path, F_OK) == 0) {
		detail_set(detail, path, "there is a floor file already");
		return STATUS_EXISTS;
	}
	for (uint64_t generation = 0; generation < 2; generation++) {
		slot_encode(bytes + slot_offset(generation), generation, state);
	}
	return durable_file_write(path, bytes_of(bytes, sizeof(bytes)), detail);
}

/* Reads the whole file; a short read means another size, too. */
static enum status floor_read(int file, uint8_t bytes[FLOOR_FILE_BYTES], const char *path,
                              struct detail *detail)
{
	off_t end = lseek(file, 0, SEEK_END);
	ssize_t count = 0;

	for (size_t at = 0; end == FLOOR_FILE_BYTES && at < FLOOR_FILE_BYTES; at += (size_t)count) {
		count = pread(file, bytes + at, FLOOR_FILE_BYTES - at, (off_t)at);
		if (count <= 0) {
			break;
		}
	}
	if (end < 0 || count < 0) {
		detail_set(detail, path, "cannot read the floor file: %s", strerror(errno));
		return STATUS_IO;
	}
	if (end != FLOOR_FILE_BYTES || count == 0) {
		detail_set(detail, path, "the floor file has not %d bytes", (int)FLOOR_FILE_BYTES);
		return STATUS_CORRUPT;
	}
	return STATUS_OK;
}

/* Takes the newer whole slot. */
static enum status floor_choose(struct floor *floor, const uint8_t bytes[FLOOR_FILE_BYTES],
                                const char *path, struct detail *detail)
{
	size_t whole = 0;

	for (uint64_t number = 0; number < 2; number++) {
		struct floor_state state;
		uint64_t generation = 0;

		if (!slot_decode(bytes + slot_offset(number), number, &generation, &state)) {
			continue;
		}
		if (whole == 0 || generation > floor->generation) {
			floor->generation = generation;
			floor->state = state;
		}
		whole++;
	}
	floor->one_slot_lost = whole == 1;
	if (whole == 0) {
		detail_set(detail, path, "both slots of the floor file are damaged");
		return STATUS_CORRUPT;
	}
	return STATUS_OK;
}

enum status floor_open(struct floor *floor, const char *path, struct detail *detail)
{
	uint8_t bytes[FLOOR_FILE_BYTES];
	struct floor opened = { .file = open(path, O_RDWR | O_CLOEXEC) };

	if (opened.file < 0) {
		detail_set(detail, path, "cannot open the floor file: %s", strerror(errno));
		return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO;
	}
	enum status status = floor_read(opened.file, bytes, path, detail);

	if (status == STATUS_OK) {
		status = floor_choose(&opened, bytes, path, detail);
	}
	if (status != STATUS_OK) {
		floor_close(&opened);
		return status;
	}
	*floor = opened;
	return STATUS_OK;
}

void floor_close(struct floor *floor)
{
	if (floor->file >= 0) {
		(void)close(floor->file); /* every raise was synced */
		floor->file = -1;
	}
}

enum status floor_raise(struct floor *floor, const struct floor_state *state, struct detail *detail)
{
	uint8_t slot[FLOOR_SLOT_BYTES];
	uint64_t generation = floor->generation + 1;

	ASSERT(state->batch >= floor->state.batch);
	ASSERT(state->size >= floor->state.size);
	slot_encode(slot, generation, state);

	ssize_t count = pwrite(floor->file, slot, sizeof(slot), slot_offset(generation));

	if (count != (ssize_t)sizeof(slot) || fdatasync(floor->file) != 0) {
		detail_set(detail, "floor", "cannot write the floor file: %s", strerror(errno));
		return STATUS_IO;
	}
	floor->generation = generation;
	floor->state = *state;
	return STATUS_OK;
}

enum status floor_check(const struct floor_state *floor, const struct floor_state *ledger,
                        const struct hash *head_at_floor, struct detail *detail)
{
	if (ledger->size < floor->size || ledger->batch < floor->batch) {
		detail_set(detail, "floor",
		           "the store holds %" PRIu64 " records up to batch %" PRIu64
		           ", but %" PRIu64 " records up to batch %" PRIu64
		           " were committed: some were lost",
		           ledger->size, ledger->batch, floor->size, floor->batch);
		return STATUS_OUT_OF_RANGE;
	}
	if (!hash_equal(head_at_floor, &floor->head)) {
		detail_set(detail, "floor",
		           "record %" PRIu64 " of the store is not the one committed here",
		           floor->size - 1);
		return STATUS_DIVERGED;
	}
	return STATUS_OK;
}
