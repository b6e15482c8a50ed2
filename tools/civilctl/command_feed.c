/* civilctl feed */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/table.h"

#include "civil/v1/feed_service.pb-c.h"

#include <stdio.h>

enum { CLASSES_MAX = 32, PAGE = 1000 };

static enum ctl_exit read_classes(struct ctl *ctl, Civil__V1__ListFeedRequest *request)
{
	const char *names[CLASSES_MAX];
	size_t count = ctl_option_all(ctl, "class", names, CLASSES_MAX);

	request->classes = arena_array(&ctl->arena, count, sizeof(*request->classes));
	if (request->classes == NULL) {
		return ctl_fail(STATUS_NO_MEMORY, "classes", NULL);
	}
	for (size_t i = 0; i < count; i++) {
		Civil__V1__EventClass found = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_UNSPECIFIED;

		for (int k = 1; k <= CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE; k++) {
			const char *name = format_enum(ctl, &civil__v1__event_class__descriptor, k);

			if (strcmp(name, names[i]) == 0) {
				found = (Civil__V1__EventClass)k;
			}
		}
		if (found == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_UNSPECIFIED) {
			ctl_say("%s is no class such as birth, death, marriage or amendment",
			        names[i]);
			return CTL_USAGE;
		}
		request->classes[request->n_classes] = found;
		request->n_classes++;
	}
	return CTL_OK;
}

static const char *subjects_text(struct ctl *ctl, const Civil__V1__FeedEntry *entry)
{
	const char *text = "";

	for (size_t i = 0; i < entry->n_subjects; i++) {
		text = format_text(ctl, "%s%s%s", text, i == 0 ? "" : " ",
		                   format_hex(ctl, entry->subjects[i]->person_id));
	}
	return text;
}

static void add_entries(struct ctl_table *table, const Civil__V1__ListFeedResponse *page)
{
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < page->n_entries; i++) {
		const Civil__V1__FeedEntry *entry = page->entries[i];

		(void)table_add(table, (const char *const[]){
		                               format_u64(ctl, entry->index),
		                               format_time(ctl, entry->recorded_at_ms),
		                               format_enum(ctl, &civil__v1__event_class__descriptor,
		                                           (int)entry->event_class),
		                               entry->kind, entry->urgent ? "urgent" : "",
		                               subjects_text(ctl, entry) });
	}
}

static enum ctl_exit run(struct ctl *ctl)
{
	Civil__V1__ListFeedRequest request;
	const Civil__V1__ListFeedResponse *page;
	const ProtobufCMessage *response;
	struct ctl_table table;

	civil__v1__list_feed_request__init(&request);
	request.context = session_context(ctl);
	request.urgent_only = ctl_option(ctl, "urgent") != NULL;
	request.page_size = PAGE;
	enum ctl_exit code = ctl_option_number(ctl, "from", &request.from_index, 0, 0, INT64_MAX);
	if (code == CTL_OK) {
		code = read_classes(ctl, &request);
	}
	if (code != CTL_OK) {
		return code;
	}
	table_init(&table, ctl,
	           (const char *const[]){ "INDEX", "RECORDED", "CLASS", "KIND", "URGENT", "PERSONS",
	                                  NULL });
	do {
		code = session_call(ctl, &response, "civil.v1.FeedService/ListFeed", &request.base,
		                    &civil__v1__list_feed_response__descriptor);
		if (code != CTL_OK) {
			return code;
		}
		page = (const Civil__V1__ListFeedResponse *)response;
		/* All pages are of the size of the first. */
		request.known_case = CIVIL__V1__LIST_FEED_REQUEST__KNOWN_KNOWN_SIZE;
		request.known_size = page->position->known;
		request.from_index = page->next_index;
		if (ctl->output == CTL_JSON) {
			code = session_print_json(response);
		} else {
			add_entries(&table, page);
		}
	} while (code == CTL_OK && page->next_index < page->position->known);
	if (ctl->output != CTL_JSON) {
		table_print(&table, stdout);
	}
	if (ctl->output == CTL_TABLE) {
		(void)printf("\ngo on with --from %s; %s\n", format_u64(ctl, page->next_index),
		             ask_position(ctl, page->position));
	}
	return code;
}

const struct command command_feed = {
	.name = "feed",
	.synopsis = "",
	.summary = "list the acts that came since, and whose states they may have changed",
	.text = "Entries hold no content. Urgent are acts after which papers must not be trusted: "
	        "false_identity, death_revoked, unmerge, address_protection_set.",
	.options = { { "from", "INDEX", "first index; 0" },
	             { "class", "CLASS", "only this class; may be given again" },
	             { "urgent", NULL, "only urgent acts" } },
	.arguments_min = 0,
	.arguments_max = 0,
	.examples = { { "civilctl feed --from 5000 --class death", "deaths since record 5000" },
	              { "civilctl -o json feed --urgent", "for another program" } },
	.exits = CTL_SERVER_EXITS,
	.run = run,
};
