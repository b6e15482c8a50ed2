#include "tools/civilctl/person_table.h"

#include "tools/civilctl/person_rows.h"

/* "registered", with what makes it less than sure. */
static const char *certainty(struct ctl *ctl, const Civil__V1__Provenance *provenance)
{
	return format_text(
	        ctl, "%s%s%s",
	        format_enum(ctl, &civil__v1__certainty__descriptor, (int)provenance->certainty),
	        provenance->uncertain_at_valid ? ", uncertain on this day" : "",
	        provenance->disputed ? ", disputed" : "");
}

void person_row(struct person_view *view, const char *khmer, const char *english, const char *value,
                const Civil__V1__Provenance *provenance)
{
	struct ctl *ctl = view->ctl;
	const char *since = "";
	const char *record = "";
	const char *sure = "";

	if (provenance != NULL) {
		const char *to = format_partial(ctl, provenance->valid_to);

		since = format_text(ctl, "%s%s%s", format_partial(ctl, provenance->valid_from),
		                    to[0] == '\0' ? "" : " to ", to);
		record = format_u64(ctl, provenance->source);
		sure = certainty(ctl, provenance);
	}
	(void)table_add(&view->table,
	                (const char *const[]){ khmer, english, value, since, record, sure });
}

const char *person_row_place(struct person_view *view, const Civil__V1__Place *at)
{
	if (at == NULL) {
		return "";
	}
	if (at->code[0] == '\0') {
		return format_text(view->ctl, "%s %s", at->country, at->text);
	}
	return ask_place(view->ctl, at->code, at->gazetteer, view->response->places,
	                 view->response->n_places);
}

static void add_names(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_names; i++) {
		const Civil__V1__PersonName *name = state->names[i];
		const char *sort =
		        format_enum(ctl, &civil__v1__name_sort__descriptor, (int)name->sort);

		person_row(view, "ឈ្មោះ", format_text(ctl, "name, %s", sort),
		           format_text(ctl, "%s | %s", format_khmer(ctl, name->name),
		                       format_latin(ctl, name->name)),
		           name->provenance);
	}
	for (size_t i = 0; i < state->n_numbers; i++) {
		const Civil__V1__PersonNumber *number = state->numbers[i];

		person_row(view, "លេខអត្តសញ្ញាណ", "personal number",
		           format_text(ctl, "%s %s", number->number,
		                       format_enum(ctl, &civil__v1__number_status__descriptor,
		                                   (int)number->status)),
		           number->provenance);
	}
}

static void add_birth(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;
	const Civil__V1__PersonBirth *birth = state->birth;

	if (state->sex != NULL) {
		person_row(view, "ភេទ", "sex",
		           format_enum(ctl, &civil__v1__sex__descriptor, (int)state->sex->sex),
		           state->sex->provenance);
	}
	if (birth == NULL) {
		return;
	}
	person_row(view, "ថ្ងៃកំណើត", "born", format_partial(ctl, birth->date), birth->provenance);
	if (birth->place != NULL) {
		person_row(view, "ទីកន្លែងកំណើត", "born in", person_row_place(view, birth->place),
		           birth->provenance);
	}
	if (birth->registration_number != NULL) {
		person_row(view, "លេខសំបុត្រកំណើត", "birth act",
		           format_registration(ctl, birth->registration_number), birth->provenance);
	}
}

static void add_life(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;
	const Civil__V1__PersonLife *life = state->life;

	if (life != NULL) {
		const char *died = format_partial(ctl, life->date_of_death);

		person_row(view, "ស្ថានភាពជីវិត", "life",
		           format_text(ctl, "%s%s%s%s%s",
		                       format_enum(ctl, &civil__v1__life_status__descriptor,
		                                   (int)life->status),
		                       died[0] == '\0' ? "" : ", on ", died,
		                       life->place_of_death == NULL ? "" : " in ",
		                       person_row_place(view, life->place_of_death)),
		           life->provenance);
	}
	if (state->civil_status != NULL) {
		person_row(view, "ស្ថានភាពគ្រួសារ", "civil status",
		           format_enum(ctl, &civil__v1__civil_status__descriptor,
		                       (int)state->civil_status->status),
		           state->civil_status->provenance);
	}
}

static const char *address_text(struct person_view *view, const Civil__V1__Address *address)
{
	struct ctl *ctl = view->ctl;

	return address == NULL
	               ? ""
	               : format_text(ctl, "%s%s%s%s%s", address->house,
	                             address->house[0] == '\0' ? "" : " ", address->street,
	                             address->street[0] == '\0' ? "" : ", ",
	                             ask_place(ctl, address->code, address->gazetteer,
	                                       view->response->places, view->response->n_places));
}

static void add_residence(struct person_view *view, const char *english,
                          const Civil__V1__PersonResidence *residence)
{
	person_row(view, "ទីលំនៅ", english, address_text(view, residence->address),
	           residence->provenance);
}

/* Where somebody is beside the home, and whether it may be told. */
static void add_elsewhere(struct person_view *view, const Civil__V1__PersonState *state)
{
	const Civil__V1__PersonTemporaryResidence *stay = state->temporary_residence;
	struct ctl *ctl = view->ctl;

	if (stay != NULL) {
		person_row(view, "ទីលំនៅបណ្តោះអាសន្ន", "stay",
		           format_text(ctl, "%s, with %s until %s",
		                       address_text(view, stay->address), stay->host,
		                       format_day(ctl, stay->until)),
		           stay->provenance);
	}
	if (state->abroad != NULL) {
		person_row(view, "នៅបរទេស", "abroad",
		           format_text(ctl, "%s, %s", state->abroad->country, state->abroad->basis),
		           state->abroad->provenance);
	}
	if (state->address_protection != NULL) {
		person_row(view, "ការពារអាសយដ្ឋាន", "address hidden",
		           format_text(ctl, "%s, by %s",
		                       format_enum(ctl,
		                                   &civil__v1__address_protection_level__descriptor,
		                                   (int)state->address_protection->level),
		                       state->address_protection->authority),
		           state->address_protection->provenance);
	}
}

static void add_books(struct person_view *view, const Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_former_family_books; i++) {
		const Civil__V1__PersonFamilyBook *book = state->former_family_books[i];

		person_row(view, "សៀវភៅគ្រួសារ", "former family book",
		           format_text(view->ctl, "%s, %s", book->book_number,
		                       book->head ? "head" : book->relation),
		           book->provenance);
	}
	if (state->family_book != NULL) {
		person_row(view, "សៀវភៅគ្រួសារ", "family book",
		           format_text(view->ctl, "%s, %s", state->family_book->book_number,
		                       state->family_book->head ? "head"
		                                                : state->family_book->relation),
		           state->family_book->provenance);
	}
}

static void add_applications(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_applications; i++) {
		const Civil__V1__PersonApplication *application = state->applications[i];

		person_row(view, "ពាក្យស្នើសុំ", "application",
		           format_text(ctl, "%s for %s at %s: %s since %s",
		                       application->application_number, application->for_kind,
		                       application->office_id,
		                       format_enum(ctl, &civil__v1__application_status__descriptor,
		                                   (int)application->status),
		                       format_day(ctl, application->status_since)),
		           application->provenance);
	}
}

static void add_residences(struct person_view *view, const Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_former_residences; i++) {
		add_residence(view, "former residence", state->former_residences[i]);
	}
	if (state->residence != NULL) {
		add_residence(view, "residence", state->residence);
	}
	if (state->pending_move != NULL) {
		person_row(view, "ការផ្លាស់ទីលំនៅ", "departure",
		           person_row_place(view, state->pending_move->to),
		           state->pending_move->provenance);
	}
}

static void add_documents(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_documents; i++) {
		const Civil__V1__PersonDocument *document = state->documents[i];

		person_row(view, "ឯកសារ", document->document_class,
		           format_text(ctl, "%s %s, issued %s, until %s",
		                       document->number[0] == '\0' ? "(no number yet)"
		                                                   : document->number,
		                       format_enum(ctl, &civil__v1__document_status__descriptor,
		                                   (int)document->status),
		                       format_day(ctl, document->issued_on),
		                       format_day(ctl, document->expires_on)),
		           document->provenance);
	}
	for (size_t i = 0; i < state->n_inconsistencies; i++) {
		const Civil__V1__PersonInconsistency *differs = state->inconsistencies[i];

		person_row(view, "មិនត្រូវគ្នា", "differs",
		           format_text(ctl, "%s %s: %s printed %s, registered %s",
		                       differs->document_class, differs->document_number,
		                       differs->field, differs->in_document, differs->in_register),
		           NULL);
	}
}

void person_table_print(struct ctl *ctl, const Civil__V1__GetPersonResponse *response)
{
	struct person_view view = { .ctl = ctl, .response = response };
	const Civil__V1__PersonState *state = response->state;

	table_init(&view.table, ctl,
	           (const char *const[]){ "ព័ត៌មាន", "FACT", "VALUE", "SINCE", "RECORD", "CERTAINTY",
	                                  NULL });
	person_row(&view, "លេខសម្គាល់", "person", format_hex(ctl, state->person_id), NULL);
	add_names(&view, state);
	add_birth(&view, state);
	add_life(&view, state);
	person_rows_kin(&view, state);
	person_rows_unions(&view, state);
	add_residences(&view, state);
	add_elsewhere(&view, state);
	add_books(&view, state);
	add_documents(&view, state);
	add_applications(&view, state);
	person_rows_standing(&view, state);
	if (state->provisional) {
		person_row(&view, "បណ្តោះអាសន្ន", "provisional",
		           "the birth waits for its verification", NULL);
	}
	person_row(&view, "កំណត់ត្រា", "records",
	           format_text(ctl, "%llu name the person; version %llu",
	                       (unsigned long long)state->history_count,
	                       (unsigned long long)state->version),
	           NULL);
	table_print(&view.table, stdout);
}
