/* Divorces and deaths, and what courts order. */
#include "ledger/base/crypto.h"
#include "tools/populate/family_case.h"

struct hash family_ordered(struct family *family, const char *kind, int32_t day)
{
	struct writer *writer = family->writer;
	const struct province *province = family->commune->district->province;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_COURT_DECISION);
	Civil__V1__CourtDecision *decision =
	        writer_new(writer, &civil__v1__court_decision__descriptor);
	Civil__V1__CourtOrder *order = writer_new(writer, &civil__v1__court_order__descriptor);
	Civil__V1__CourtOrder *orders[1] = { order };
	ProtobufCBinaryData persons[2] = {
		writer_bytes(writer, bytes_of_id(&family->husband.id)),
		writer_bytes(writer, bytes_of_id(&family->wife.id)),
	};
	ProtobufCBinaryData targets[1] = { writer_bytes(writer, bytes_of_hash(&family->marriage)) };

	order->kind = writer_text(writer, "%s", kind);
	order->persons = persons;
	order->n_persons = 2;
	order->targets = targets;
	order->n_targets = 1;
	order->text = writer_text(writer, "as the parties asked");
	decision->court = writer_text(writer, "court of province %s", province->code);
	decision->case_number = writer_text(writer, "%u", random_below(&writer->random, 9999));
	decision->decision_number = writer_text(writer, "%u", random_below(&writer->random, 9999));
	decision->date_of_decision = writer_date(writer, day);
	decision->date_final = writer_date(writer, day);
	decision->final = true;
	decision->orders = orders;
	decision->n_orders = 1;
	content->court_decision = decision;
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_COURT, 0,
	                                 &province->court, day, content);
	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT;
	draft.parts[0].person = &family->husband.id;
	draft.parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT;
	draft.parts[1].person = &family->wife.id;
	draft.part_count = 2;
	return writer_emit(writer, &draft);
}

void family_divorce(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	struct hash decision = family_ordered(family, "divorce", day);
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_DIVORCE);
	Civil__V1__Divorce *divorce = writer_new(writer, &civil__v1__divorce__descriptor);

	divorce->target = writer_bytes(writer, bytes_of_hash(&family->marriage));
	divorce->decision = writer_bytes(writer, bytes_of_hash(&decision));
	divorce->date_final = writer_date(writer, day);
	content->divorce = divorce;
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_MARRIAGE, 0,
	                                 &family->commune->registrar, day + 3, content);
	family_spouses(family, &draft);
	(void)writer_emit(writer, &draft);
	family->divorced = true;
}

void family_death(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	struct id case_id = writer_id(writer);
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_DEATH);
	Civil__V1__Death *death = writer_new(writer, &civil__v1__death__descriptor);

	death->date_of_death = writer_partial(writer, day);
	death->place_of_death = writer_place(writer, family->commune->code, day);
	death->manner = CIVIL__V1__MANNER_OF_DEATH__MANNER_OF_DEATH_NATURAL;
	death->certification = CIVIL__V1__DEATH_CERTIFICATION__DEATH_CERTIFICATION_PHYSICIAN;
	death->usual_residence = writer_place(writer, family->home.village, day);
	content->death = death;
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_DEATH,
	                                 CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED,
	                                 &family->commune->clerk, day + 2, content);
	draft.case_id = &case_id;
	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_DECEASED;
	draft.parts[0].person = &family->husband.id;
	draft.parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SURVIVING_SPOUSE;
	draft.parts[1].person = &family->wife.id;
	draft.part_count = 2;
	struct hash declared = writer_emit(writer, &draft);

	draft.step = CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED;
	draft.signers[0] = &family->commune->registrar;
	draft.day = day + 4;
	draft.content =
	        family_registration_content(family, &declared, NULL, REGISTER_DEATH, day + 4);
	(void)writer_emit(writer, &draft);
	family->widowed = true;
}
