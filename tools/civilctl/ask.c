#include "tools/civilctl/ask.h"

enum ctl_exit ask_person(struct ctl *ctl, struct ask_person *out, const char *text)
{
	uint8_t id[ID_BYTES];

	*out = (struct ask_person){ .by_id = format_read_bytes(id, sizeof(id), text) };
	if (out->by_id) {
		out->id = (ProtobufCBinaryData){
			.len = sizeof(id), .data = arena_copy(&ctl->arena, bytes_of(id, sizeof(id)))
		};
		return out->id.data == NULL ? ctl_fail(STATUS_NO_MEMORY, text, NULL) : CTL_OK;
	}
	for (const char *c = text; *c != '\0'; c++) {
		if (*c < '0' || *c > '9') {
			ctl_say("%s is neither a person id of 32 hexadecimal digits nor a personal "
			        "number",
			        text);
			return CTL_USAGE;
		}
	}
	out->number = arena_string(&ctl->arena, text);
	return out->number == NULL ? ctl_fail(STATUS_NO_MEMORY, text, NULL) : CTL_OK;
}

enum ctl_exit ask_reference(struct ctl *ctl, Civil__V1__PersonReference *out, const char *text)
{
	struct ask_person person;
	enum ctl_exit code = ask_person(ctl, &person, text);

	if (code != CTL_OK) {
		return code;
	}
	civil__v1__person_reference__init(out);
	if (person.by_id) {
		out->person_case = CIVIL__V1__PERSON_REFERENCE__PERSON_PERSON_ID;
		out->person_id = person.id;
	} else {
		out->person_case = CIVIL__V1__PERSON_REFERENCE__PERSON_NUMBER;
		out->number = person.number;
	}
	return CTL_OK;
}

enum ctl_exit ask_valid(struct ctl *ctl, Civil__V1__Date **out)
{
	const char *text = ctl_option(ctl, "valid");

	*out = NULL;
	return text == NULL ? CTL_OK : format_read_date(ctl, out, text);
}

enum ctl_exit ask_known(struct ctl *ctl, const char *option, bool *given, uint64_t *out)
{
	*given = ctl_option(ctl, option) != NULL;
	return ctl_option_number(ctl, option, out, 0, 0, UINT64_MAX - 1);
}

const char *ask_position(struct ctl *ctl, const Civil__V1__Position *position)
{
	if (position == NULL) {
		return "";
	}
	return format_text(ctl, "known: %llu of %llu records, the last of %s; checkpoint at %llu",
	                   (unsigned long long)position->known, (unsigned long long)position->size,
	                   format_time(ctl, position->recorded_at_ms),
	                   (unsigned long long)position->checkpoint_size);
}

static const char *join_names(struct ctl *ctl, char *const names[], size_t count)
{
	const char *text = "";

	for (size_t i = 0; i < count; i++) {
		text = format_text(ctl, "%s%s%s", text, i == 0 ? "" : ", ", names[i]);
	}
	return text;
}

const char *ask_place(struct ctl *ctl, const char *code, const char *gazetteer,
                      Civil__V1__PlaceName *const places[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const Civil__V1__PlaceName *place = places[i];

		if (strcmp(place->code, code) != 0 || strcmp(place->gazetteer, gazetteer) != 0) {
			continue;
		}
		const char *now = place->code_now[0] == '\0'
		                          ? ""
		                          : format_text(ctl, ", now %s %s", place->code_now,
		                                        join_names(ctl, place->latin_now,
		                                                   place->n_latin_now));
		return format_text(ctl, "%s | %s (%s%s)", join_names(ctl, place->km, place->n_km),
		                   join_names(ctl, place->latin, place->n_latin), code, now);
	}
	return code;
}
