#include "ledger/base/detail.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

void detail_set(struct detail *detail, const char *path, const char *format, ...)
{
	va_list arguments;

	if (detail == NULL) {
		return;
	}
	(void)snprintf(detail->path, sizeof(detail->path), "%s", path);
	va_start(arguments, format);
	(void)vsnprintf(detail->text, sizeof(detail->text), format, arguments);
	va_end(arguments);
}
