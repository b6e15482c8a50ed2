#include "tools/civilctl/pages.h"

#include "ledger/base/assert.h"
#include "tools/civilctl/ask.h"

#include <stdio.h>

/* Where a field of a message lies, by its name in the schema. */
static void *field_of(const ProtobufCMessage *message, const char *name)
{
	const ProtobufCFieldDescriptor *field =
	        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);

	ASSERT(field != NULL);
	return (uint8_t *)(uintptr_t)message + field->offset;
}

static char *next_token(const ProtobufCMessage *page)
{
	return *(char **)field_of(page, "next_page_token");
}

enum ctl_exit pages_print(struct ctl *ctl, ProtobufCMessage *request, const char *method,
                          const ProtobufCMessageDescriptor *response_type,
                          const char *const columns[], pages_add *add)
{
	const ProtobufCMessage *page;
	struct ctl_table table;
	enum ctl_exit code;

	*(int32_t *)field_of(request, "page_size") = PAGES_ROWS;
	table_init(&table, ctl, columns);
	do {
		code = session_call(ctl, &page, method, request, response_type);
		if (code != CTL_OK) {
			return code;
		}
		if (ctl->output == CTL_JSON) {
			code = session_print_json(page);
		} else {
			add(&table, page);
		}
		*(char **)field_of(request, "page_token") = next_token(page);
	} while (code == CTL_OK && next_token(page)[0] != '\0');
	if (code == CTL_OK && ctl->output != CTL_JSON) {
		table_print(&table, stdout);
	}
	if (code == CTL_OK && ctl->output == CTL_TABLE) {
		const Civil__V1__Position *const *position = field_of(page, "position");

		(void)printf("\n%s\n", ask_position(ctl, *position));
	}
	return code;
}
