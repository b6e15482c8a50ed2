#include "ledger/base/unpack.h"
#include "ledger/person/statistic.h"
#include "ledger/store/keys.h"

enum status statistic_read(struct statistic *out, struct bytes key, struct bytes value)
{
	struct unpack unpack = unpack_of(key);
	struct unpack values = unpack_of(value);
	struct bytes area;

	*out = (struct statistic){ .year = 0 };
	(void)unpack_u8(&unpack);
	out->kind = (Civil__V1__StatisticKind)unpack_u8(&unpack);
	out->basis = (Civil__V1__StatisticBasis)unpack_u8(&unpack);
	out->year = (uint16_t)(unpack_u8(&unpack) << 8);
	out->year = (uint16_t)(out->year | unpack_u8(&unpack));
	out->month = unpack_u8(&unpack);
	if (!key_read_string0(&unpack.rest, &area) || area.size > STATISTIC_AREA_MAX) {
		return STATUS_CORRUPT;
	}
	memcpy(out->area, area.data, area.size);
	out->index = unpack_u64(&unpack);
	(void)unpack_u8(&unpack);
	out->sex = unpack_u8(&values);
	out->age = unpack_u8(&values);
	out->delay = unpack_u8(&values);
	uint8_t flags = unpack_u8(&values);
	uint8_t delta = unpack_u8(&values);
	out->once = (flags & STATISTIC_ONCE) != 0;
	out->original = (flags & STATISTIC_ORIGINAL) != 0;
	out->delta = delta == STATISTIC_ADD ? 1 : -1;
	return unpack_done(&unpack) && unpack_done(&values) ? STATUS_OK : STATUS_CORRUPT;
}
