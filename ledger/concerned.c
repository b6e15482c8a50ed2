#include "ledger/concerned.h"

#include "ledger/sealing.h"

enum { ROOM_FIRST = 8 };

static bool grow(struct concerned *concerned)
{
	size_t room = concerned->room == 0 ? ROOM_FIRST : 2 * concerned->room;
	struct id *persons = arena_array(concerned->arena, room, sizeof(*persons));

	if (persons == NULL) {
		return false;
	}
	if (concerned->count > 0) {
		memcpy(persons, concerned->persons, concerned->count * sizeof(*persons));
	}
	concerned->persons = persons;
	concerned->room = room;
	return true;
}

void concerned_note(const struct view *view, const struct id *person)
{
	struct concerned *concerned = view->reader == NULL ? NULL : view->reader->concerned;

	if (concerned == NULL) {
		return;
	}
	for (size_t i = concerned->count; i > 0; i--) { /* rows of one person are near each other */
		if (id_equal(&concerned->persons[i - 1], person)) {
			return;
		}
	}
	if (concerned->count == concerned->room && !grow(concerned)) {
		concerned->failed = true;
		return;
	}
	concerned->persons[concerned->count] = *person;
	concerned->count++;
}

void concerned_note_all(const struct view *view, const struct event *event)
{
	for (size_t i = 0; i < event->header->n_subjects; i++) {
		struct id person = event_subject_id(event, i);

		concerned_note(view, &person);
	}
}
