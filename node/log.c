#include "node/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES_MAX = 1024, FIELDS_BYTES_MAX = 768, JSON_FIELDS_MAX = 32 };

/* The log sink: the one global. */
static struct {
	atomic_int level;
	enum log_format format;
} sink = { .level = LOG_INFO, .format = LOG_LOGFMT };

void log_setup(enum log_format format, enum log_level level)
{
	sink.format = format;
	atomic_store(&sink.level, (int)level);
}

void log_set_level(enum log_level level)
{
	atomic_store(&sink.level, (int)level);
}

/* journald's priorities: 3 error, 4 warning, 6 info, 7 debug. */
static const struct {
	int priority;
	const char *name;
} levels[] = {
	[LOG_ERROR] = { 3, "error" },
	[LOG_WARNING] = { 4, "warning" },
	[LOG_INFO] = { 6, "info" },
	[LOG_DEBUG] = { 7, "debug" },
};

static void print_time(char *out, size_t size)
{
	struct timespec now;
	struct tm utc;
	char seconds[32];

	(void)clock_gettime(CLOCK_REALTIME, &now);
	(void)gmtime_r(&now.tv_sec, &utc);
	(void)strftime(seconds, sizeof(seconds), "%Y-%m-%dT%H:%M:%S", &utc);
	(void)snprintf(out, size, "%s.%03uZ", seconds, (unsigned)(now.tv_nsec / 1000000) % 1000u);
}

const char *log_quote(char *out, unsigned long size, const char *text)
{
	size_t used = 0;

	for (; *text != '\0' && used + 5 < size; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\' || c < 0x20 || c > 0x7e) {
			used += (size_t)snprintf(out + used, size - used, "\\x%02x", c);
		} else {
			out[used] = (char)c;
			used++;
		}
	}
	out[used] = '\0';
	return out;
}

/* Turns key=value pairs into JSON members; values keep their quotes or get them. */
static size_t append_json(char *out, size_t size, const char *fields)
{
	size_t used = 0;
	bool in_quotes = false;
	bool at_key = true;

	for (; *fields != '\0' && used + 8 < size; fields++) {
		if (at_key) {
			used += (size_t)snprintf(out + used, size - used, ",\"");
			at_key = false;
		}
		if (*fields == '=' && !in_quotes) {
			used += (size_t)snprintf(out + used, size - used, "\":\"");
		} else if (*fields == ' ' && !in_quotes) {
			out[used] = '"';
			used++;
			at_key = true;
		} else if (*fields == '"') {
			in_quotes = !in_quotes;
		} else if (*fields == '\\') {
			used += (size_t)snprintf(out + used, size - used, "\\\\");
		} else {
			out[used] = *fields;
			used++;
		}
	}
	if (!at_key) {
		out[used] = '"';
		used++;
	}
	out[used] = '\0';
	return used;
}

void log_line(enum log_level level, const char *id, const char *fields, ...)
{
	char text[FIELDS_BYTES_MAX];
	char line[2 * LINE_BYTES_MAX];
	char now[48];
	va_list arguments;

	if ((int)level > atomic_load(&sink.level)) {
		return;
	}
	va_start(arguments, fields);
	(void)vsnprintf(text, sizeof(text), fields, arguments);
	va_end(arguments);
	print_time(now, sizeof(now));

	const char *name = levels[level].name;
	int length;
	if (sink.format == LOG_JSON) {
		length = snprintf(line, sizeof(line),
		                  "{\"time\":\"%s\",\"level\":\"%s\",\"id\":\"%s\"", now, name, id);
		length += (int)append_json(line + length, sizeof(line) - (size_t)length - 3, text);
		length += snprintf(line + length, sizeof(line) - (size_t)length, "}\n");
	} else {
		length = snprintf(line, sizeof(line), "<%d>time=%s level=%s id=%s%s%s\n",
		                  levels[level].priority, now, name, id, text[0] == '\0' ? "" : " ",
		                  text);
	}
	ssize_t written = write(STDERR_FILENO, line, (size_t)length);
	(void)written; /* there is no other place to complain */
}
