/* Values as people read and type them.
 *
 * Ids and hashes are typed as hexadecimal digits or as the base64 of JSON, and printed as
 * hexadecimal. Instants are printed in Phnom Penh's time. Nothing returns NULL: text that does not
 * fit the arena becomes "".
 * Thread: main. Memory: texts live in the run's arena. */
#ifndef TOOLS_CIVILCTL_FORMAT_H
#define TOOLS_CIVILCTL_FORMAT_H

#include "tools/civilctl/ctl.h"

#include "civil/v1/common.pb-c.h"

/* Reads exactly `size` bytes; false for other text. */
bool format_read_bytes(uint8_t *out, size_t size, const char *text);

/* The same into an arena, saying what was expected: CTL_USAGE. */
enum ctl_exit format_read_id(struct ctl *ctl, ProtobufCBinaryData *out, size_t size,
                             const char *text, const char *what);

/* Reads "2026-03-01"; CTL_USAGE after saying so. */
enum ctl_exit format_read_date(struct ctl *ctl, Civil__V1__Date **out, const char *text);

const char *format_text(struct ctl *ctl, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
const char *format_hex(struct ctl *ctl, ProtobufCBinaryData bytes);
const char *format_u64(struct ctl *ctl, uint64_t number);
const char *format_time(struct ctl *ctl, int64_t instant_ms);
const char *format_day(struct ctl *ctl, const Civil__V1__Date *date);
const char *format_partial(struct ctl *ctl, const Civil__V1__PartialDate *date);
const char *format_registration(struct ctl *ctl, const Civil__V1__RegistrationNumber *number);

/* Khmer and Latin names in their spoken order, either may be "". */
const char *format_khmer(struct ctl *ctl, const Civil__V1__Name *name);
const char *format_latin(struct ctl *ctl, const Civil__V1__Name *name);

/* Name of an enum's value in small letters, without the enum's prefix: "never married". */
const char *format_enum(struct ctl *ctl, const ProtobufCEnumDescriptor *type, int value);

#endif
