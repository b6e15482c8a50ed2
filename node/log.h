/* One line for one thing that happened, to stderr: logfmt, or JSON.
 *
 *   <6>time=2026-03-07T03:00:00.123Z level=info id=commit size=42
 * The prefix <N> is journald's priority. `id` is a stable name of the kind of line. Values are
 * positions, counts, times, hashes, file names and addresses: never a name, number or content of
 * the register. Untrusted text is escaped, so one event is one line.
 *
 * The sink is the one global of the program, set once at the start.
 * Thread: any; a line is written with one write call. */
#ifndef NODE_LOG_H
#define NODE_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };
enum log_format { LOG_LOGFMT, LOG_JSON };

/* Before any thread starts. Without it: logfmt, info. */
void log_setup(enum log_format format, enum log_level level);

/* May be changed at any time (SIGHUP). */
void log_set_level(enum log_level level);

/* Writes a line. `fields` is a printf format that gives "key=value key=value"; values with spaces
 * go in double quotes and must have passed log_quote when they are not ours. May be "". */
void log_line(enum log_level level, const char *id, const char *fields, ...)
        __attribute__((format(printf, 3, 4)));

/* Copies text, with quotes, backslashes, controls and everything outside of printable ASCII
 * escaped, cut to fit. Returns `out`. */
const char *log_quote(char *out, unsigned long size, const char *text);

#endif
