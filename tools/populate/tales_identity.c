/* Who somebody is: nationalities won and lost, wrong identities, numbers, deaths with a cause, and
 * what courts hide, open and erase. */
#include "tools/populate/tale.h"

#define ENROL_F                                                                                    \
	{                                                                                          \
		0, "IM+R", "foreigner_enrolled",                                                   \
		        "subject=+f person.role=subject person.name=f person.sex=male "            \
		        "person.birth=f nationalities=THA passport_number=TH* country=THA "        \
		        "address=village"                                                          \
	}

static const struct tale_act naturalised[] = {
	ENROL_F,
	{ 10, "NA+G1", "nationality_acquired", "holder=f country=KHM basis=naturalisation" },
	{ 100, "NA+G1", "nationality_lost", "holder=f country=KHM basis=fraud as=l" },
	{ 200, "NA+G1", "nationality_restored", "holder=f target=@l" },
	{ 210, "NA+G1", "nationality_renounced", "holder=f country=THA basis=wish" },
	{ 0 },
};

static const struct tale_act stateless[] = {
	{ 0, "NA+G1", "nationality_renounced", "holder=a country=KHM basis=wish refused=L17" },
	{ 10, "NA+G1", "statelessness_found", "holder=a as=s" },
	{ 20, "NA+G1", "nationality_renounced",
	  "holder=a country=KHM basis=wish statelessness=@s" },
	{ 0 },
};

/* Two records taken for one person, and told apart again. */
static const struct tale_act mistaken[] = {
	{ 0, "V", "duplicate_suspected", "subject=a,b score=70 rule=p05 fields=birth,sex" },
	{ 5, "G1+G2", "merge",
	  "survivor=a absorbed=b review_file=r* winners[0].group=names "
	  "winners[0].winner=survivor as=x" },
	{ 60, "G1+G2", "unmerge", "survivor=a absorbed=b target=@x" },
	{ 61, "G1+G2", "unmerge", "survivor=a absorbed=b target=@x refused=S14" },
	{ 0 },
};

static const struct tale_act impostor[] = {
	{ 0, "G1+CC", "false_identity", "subject=a true_identity=unknown" },
	{ 2, "G1+G2", "number_closed", "holder=a number=&a" },
	{ 0 },
};

static const struct tale_act unreadable[] = {
	{ 0, "K", "legacy_digitised",
	  "image_digest=digest form_generation=form_2000 paper_reference.book=7 "
	  "paper_reference.year=2000 paper_reference.page=1 paper_reference.entry=2 "
	  "paper_reference.office_id=%c keyings[0].officer_id=K keyings[0].fields[0].name=entry "
	  "keyings[0].fields[0].value=one keyings[1].officer_id=R "
	  "keyings[1].fields[0].name=entry keyings[1].fields[0].value=two as=x" },
	{ 2, "V", "legacy_rejected", "act=@x reason=unreadable" },
	{ 0 },
};

/* He dies; what of is coded, and the burial permitted. */
static const struct tale_act cause[] = {
	{ 2, "K", "declared death",
	  "case=d deceased=h surviving_spouse=w date_of_death=0 place_of_death=commune "
	  "usual_residence=village cause_chain[0].line=a cause_chain[0].text=stroke as=x" },
	{ 4, "R", "registered death",
	  "case=d deceased=h surviving_spouse=w declaration=@x registration_number=D as=d" },
	{ 4, "R", "certificate_issued",
	  "deceased=h surviving_spouse=w act=@d rendering_digest=digest template=burial_permit "
	  "serial=B*" },
	{ 90, "HC", "cause_coded",
	  "deceased=h target=@d codes[0].line=a codes[0].icd_version=icd_10 codes[0].code=I64 "
	  "underlying=I64 tool=iris tool_version=5" },
	{ 100, "R", "passport_applied", "holder=h sort=ordinary photo_digest=digest refused=S02" },
	{ 0 },
};

static const struct tale_act sealed[] = {
	{ 0, "CC", "court_decision", "order=seal persons=w,h ordered=@m as=d" },
	{ 2, "G1+CC", "seal", "subject=w,h scope=act targets=@m cite=@d as=s" },
	{ 90, "CC", "court_decision", "order=seal_opened persons=w,h as=e" },
	{ 91, "CC", "seal_opened",
	  "subject=w,h target=@s reader=investigator warrant=w-* cite=@e" },
	{ 200, "CC", "court_decision", "order=unseal persons=w,h ordered=@s as=f" },
	{ 202, "G1+CC", "unseal", "subject=w,h target=@s cite=@f" },
	{ 0 },
};

/* Her former name is nobody's business; nothing is left of it but that she has the new one. */
static const struct tale_act erased[] = {
	{ 0, "R", "name_change", "holder=w old_name=w new_name=1 sort=usage as=n" },
	{ 50, "CC", "court_decision", "order=content_erased persons=w ordered=@n as=d" },
	{ 60, "G1+G3", "content_erased",
	  "holder=w target=@n decision=@d residue.common.date_of_declaration=0 "
	  "residue.name_change.old_name=2 residue.name_change.new_name=1 "
	  "residue.name_change.sort=usage residue.name_change.effective_on=0" },
	{ 0 },
};

const struct tale tales_of_identity[] = {
	{ "naturalised", "fM35*", NULL, naturalised },
	{ "stateless", "aM35", NULL, stateless },
	{ "mistaken", "aF30 bF30", NULL, mistaken },
	{ "impostor", "aM41", NULL, impostor },
	{ "unreadable", "", NULL, unreadable },
	{ "cause", "", NULL, cause },
	{ "sealed", "", NULL, sealed },
	{ "erased", "", NULL, erased },
	{ 0 },
};
