#include "ledger/person/statement.h"

const char *statement_name(const Civil__V1__Name *name, struct arena *arena)
{
	const char *latin;

	if (name == NULL) {
		return "";
	}
	latin = name->latin_given[0] != '\0' || name->latin_surname[0] != '\0' ? " / " : "";
	return arena_printf(arena, "%s%s%s%s%s%s%s", name->km_surname,
	                    name->km_surname[0] != '\0' ? " " : "", name->km_given, latin,
	                    name->latin_surname, name->latin_surname[0] != '\0' ? " " : "",
	                    name->latin_given);
}

const char *statement_sex(Civil__V1__Sex sex)
{
	static const char *const texts[] = { "", "male", "female", "undetermined" };

	return (size_t)sex < sizeof(texts) / sizeof(texts[0]) ? texts[sex] : "";
}

const char *statement_address(const Civil__V1__Address *address, struct arena *arena)
{
	if (address == NULL) {
		return "";
	}
	return arena_printf(arena, "%s%s%s%s%s", address->code,
	                    address->house[0] != '\0' ? " " : "", address->house,
	                    address->street[0] != '\0' ? " " : "", address->street);
}
