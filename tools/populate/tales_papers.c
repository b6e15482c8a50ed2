/* Cards, passports and permits through their lives, certificates, and what people apply for. */
#include "tools/populate/tale.h"

static const struct tale_act passport[] = {
	{ 0, "PP", "passport_applied", "holder=w sort=ordinary photo_digest=digest as=a" },
	{ 3, "PP", "passport_issued", "holder=w application=@a document_number=PA*" },
	{ 5, "PP", "passport_delivered", "holder=w document_number=PA*" },
	{ 30, "PC", "passport_lost", "holder=w document_number=PA*" },
	{ 31, "PC", "passport_found", "holder=w document_number=PA*" },
	{ 60, "PC", "passport_stolen", "holder=w document_number=PA*" },
	{ 61, "PP", "passport_applied",
	  "holder=w sort=ordinary reason=lost photo_digest=digest as=b" },
	{ 63, "PP", "passport_replaced",
	  "holder=w issue.application=@b issue.document_number=PB* replaces=PA*" },
	{ 64, "PC", "passport_found", "holder=w document_number=PA* refused=S14" },
	{ 100, "CC", "passport_suspended", "holder=w document_number=PB*" },
	{ 120, "CC", "passport_resumed", "holder=w document_number=PB*" },
	{ 200, "PP", "passport_applied",
	  "holder=w sort=ordinary reason=renewal photo_digest=digest as=c" },
	{ 203, "PP", "passport_renewed",
	  "holder=w issue.application=@c issue.document_number=PC* replaces=PB*" },
	{ 300, "G1", "passport_revoked", "holder=w document_number=PC*" },
	{ 0 },
};

/* Of her card. */
static const struct tale_act card[] = {
	{ 0, "PC", "id_card_stolen", "holder=w document_number=$w" },
	{ 3, "PC", "id_card_found", "holder=w document_number=$w" },
	{ 10, "IC", "id_card_suspended", "holder=w document_number=$w" },
	{ 12, "IC", "id_card_suspended", "holder=w document_number=$w refused=S14" },
	{ 20, "IC", "id_card_resumed", "holder=w document_number=$w" },
	{ 50, "PC", "id_card_applied",
	  "holder=w sort=ordinary reason=renewal photo_digest=digest as=a" },
	{ 53, "IC", "id_card_renewed",
	  "holder=w issue.application=@a issue.document_number=CA* replaces=$w" },
	{ 90, "G2", "id_card_revoked", "holder=w document_number=CA*" },
	{ 0 },
};

/* A foreigner who works here for years. */
static const struct tale_act permit[] = {
	{ 0, "IM+R", "foreigner_enrolled",
	  "subject=+f person.role=subject person.name=f person.sex=male person.birth=f "
	  "nationalities=THA passport_number=TH* country=THA address=home" },
	{ 0, "PC", "residence_arrival", "resident=f unit=#home reason=first_entry" },
	{ 1, "V+R", "number_allocated", "holder=f scheme=kidc reason=foreigner place=commune" },
	{ 1, "IM", "permit_applied", "holder=f sort=work_permit photo_digest=digest as=a" },
	{ 2, "PC", "id_card_applied", "holder=f sort=ordinary photo_digest=digest refused=L14" },
	{ 3, "IM", "permit_issued", "holder=f application=@a document_number=WA*" },
	{ 5, "IM", "permit_delivered", "holder=f document_number=WA*" },
	{ 30, "PD", "permit_lost", "holder=f document_number=WA*" },
	{ 33, "PD", "permit_found", "holder=f document_number=WA*" },
	{ 50, "PD", "permit_stolen", "holder=f document_number=WA*" },
	{ 51, "IM", "permit_applied", "holder=f sort=work_permit photo_digest=digest as=b" },
	{ 55, "IM", "permit_replaced",
	  "holder=f issue.application=@b issue.document_number=WB* replaces=WA*" },
	{ 90, "IM", "permit_suspended", "holder=f document_number=WB*" },
	{ 99, "IM", "permit_resumed", "holder=f document_number=WB*" },
	{ 200, "IM", "permit_applied",
	  "holder=f sort=work_permit reason=renewal photo_digest=digest as=c" },
	{ 202, "IM", "permit_renewed",
	  "holder=f issue.application=@c issue.document_number=WC* replaces=WB*" },
	{ 300, "IM", "permit_revoked", "holder=f document_number=WC*" },
	{ 0 },
};

#define FAMILY_OF_K "child=k mother=w father=h act=@k rendering_digest=digest "

static const struct tale_act certificates[] = {
	{ 0, "R", "certificate_issued", FAMILY_OF_K "template=extract serial=E*" },
	{ 1, "R", "certificate_issued", FAMILY_OF_K "template=certificate serial=C* as=c" },
	{ 2, "R", "certificate_issued", FAMILY_OF_K "template=certificate serial=C* refused=S15" },
	{ 3, "NA", "certificate_issued", FAMILY_OF_K "template=nationality serial=N*" },
	{ 4, "R", "certificate_issued",
	  "spouse_a=h spouse_b=w act=@m rendering_digest=digest template=family serial=F*" },
	{ 5, "R", "certificate_issued",
	  "child=h act=@h rendering_digest=digest template=no_impediment serial=I*" },
	{ 30, "R", "certificate_withdrawn",
	  "child=k mother=w father=h target=@c serial=C* reason=misprint" },
	{ 0 },
};

static const struct tale_act applications[] = {
	{ 0, "ES", "application_submitted",
	  "applicant=w for_kind=certificate_issued office_id=%c as=a" },
	{ 1, "R", "application_ready", "applicant=w application=@a refused=S14" },
	{ 1, "R", "application_processing", "applicant=w application=@a" },
	{ 3, "R", "application_ready", "applicant=w application=@a" },
	{ 5, "K", "application_delivered", "applicant=w application=@a delivered_how=counter" },
	{ 20, "ES", "application_submitted",
	  "applicant=h application_number=B-* for_kind=name_change office_id=%c as=b" },
	{ 22, "R", "application_processing", "applicant=h application=@b" },
	{ 25, "R", "application_refused",
	  "applicant=h application=@b reason=no_ground text=none appeal_until=60" },
	{ 40, "K", "application_submitted",
	  "applicant=w application_number=C-* for_kind=passport_issued channel=counter "
	  "office_id=%c as=c" },
	{ 41, "ES", "application_withdrawn", "applicant=w application=@c" },
	{ 0 },
};

const struct tale tales_of_papers[] = {
	{ "passport", "", NULL, passport },         { "card", "", NULL, card },
	{ "permit", "fM35*", NULL, permit },        { "certificates", "kF1", NULL, certificates },
	{ "applications", "", NULL, applications }, { 0 },
};
