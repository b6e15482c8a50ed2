/* Lists that come in pages: asks for one after the other and prints all as one.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_PAGES_H
#define TOOLS_CIVILCTL_PAGES_H

#include "tools/civilctl/table.h"

#include <protobuf-c/protobuf-c.h>

enum { PAGES_ROWS = 1000 /* of one page */ };

/* Adds the rows of one page. */
typedef void pages_add(struct ctl_table *table, const ProtobufCMessage *page);

/* Asks for all pages of a list whose request has `page_size` and `page_token` and whose response
 * has `next_page_token` and `position`, and prints them: a table with the position below, CSV, or
 * one line of JSON for each page. */
enum ctl_exit pages_print(struct ctl *ctl, ProtobufCMessage *request, const char *method,
                          const ProtobufCMessageDescriptor *response_type,
                          const char *const columns[], pages_add *add);

#endif
