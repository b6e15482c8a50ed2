/* What offices try and the rules refuse, each with the rules that do; and what people try again,
 * and then rightly. */
#include "tools/populate/tale.h"

#define CHILD                                                                                      \
	"name=x sex=male place_of_birth=commune plurality=single mother_residence=village "        \
	"child_address=village nationality_at_birth[0].country=KHM "                               \
	"nationality_at_birth[0].basis=descent "
#define WITNESSES "witnesses[0].name=2 witnesses[1].name=3 "

/* The registrar does not believe it, the court does. */
static const struct tale_act appealed[] = {
	{ 3, "K", "declared birth",
	  "case=a child=+c mother=w father=h father_declared=true date_of_birth=0 " CHILD "as=d" },
	{ 4, "R", "registered birth",
	  "case=a child=c mother=w father=h declaration=@d registration_number=B refused=S22" },
	{ 5, "R", "refused birth",
	  "case=a child=c mother=w father=h reason=no_proof_of_birth text=doubtful "
	  "appeal_until=60" },
	{ 6, "V", "verified birth",
	  "case=a child=c mother=w father=h declaration=@d kidc_source=allocate refused=S06" },
	{ 30, "CC", "court_decision", "order=birth persons=w,h" },
	{ 33, "K", "declared birth",
	  "case=b child=+c mother=w father=h father_declared=true date_of_birth=0 "
	  "late.reason=court "
	  "late.witnesses[0].name=2 late.witnesses[1].name=3 " CHILD "as=d" },
	{ 34, "V", "verified birth",
	  "case=b child=c mother=w father=h declaration=@d kidc_source=allocate as=v" },
	{ 35, "R", "registered birth",
	  "case=b child=c mother=w father=h declaration=@d verification=@v registration_number=B" },
	{ 90, "K", "declared birth",
	  "case=e child=+e mother=w father=h date_of_birth=80 " CHILD "name=5 refused=P03" },
	{ 91, "K+V2", "declared birth",
	  "case=f child=+f mother=w father=h father_declared=true date_of_birth=80 "
	  "override=P03 " CHILD "name=5 as=f" },
	{ 92, "R", "withdrawn birth", "case=f child=f mother=w father=h by=mother text=mistake" },
	{ 0 },
};

/* An office without a network gives a number of its block; the district looks later. */
static const struct tale_act offline[] = {
	{ 0, "V", "block_reserved", "office_id=%c scheme=kidc count=3 expires=300 as=b" },
	{ 20, "R", "declared birth",
	  "case=a child=+c mother=w father=h father_declared=true date_of_birth=18 "
	  "kidc_block.block=@b kidc_block.number=^b common.signed_offline=true " CHILD "as=d" },
	{ 20, "R", "registered birth",
	  "case=a child=c mother=w father=h declaration=@d registration_number=B" },
	{ 40, "V", "verified birth",
	  "case=a child=c mother=w father=h declaration=@d kidc_source=block" },
	{ 60, "V", "block_returned", "block=@b unused_count=3 refused=S07" },
	{ 60, "V", "block_returned", "block=@b unused_count=2" },
	{ 0 },
};

/* Of births. */
static const struct tale_act cradle[] = {
	{ 1, "K", "declared birth", "child=+c mother=k date_of_birth=0 " CHILD "refused=S23" },
	{ 2, "K", "declared birth", "child=+c mother=a date_of_birth=0 " CHILD "refused=P01" },
	{ 3, "K", "declared birth",
	  "child=+c mother=w father=b date_of_birth=0 " CHILD "refused=P09" },
	{ 4, "K", "declared birth",
	  "child=k mother=w father=h date_of_birth=k " CHILD "refused=L01" },
	{ 5, "R", "recognition",
	  "child=k father=b parent_role=father mother_consent=true refused=L20" },
	{ 6, "R", "parentage_set",
	  "child=w mother=k decision=@k set[0].role=mother set[0].person_id=k refused=S17" },
	{ 7, "K", "declared birth",
	  "case=t child=+t mother=w father=h delivery_id=#m birth_order=1 date_of_birth=6 " CHILD
	  "plurality=twin" },
	{ 7, "K", "declared birth",
	  "case=u child=+u mother=w father=h delivery_id=#m birth_order=2 date_of_birth=6 " CHILD
	  "plurality=triplet refused=S24" },
	{ 8, "K", "declared birth",
	  "child=+v mother=w father=h date_of_birth=7 " CHILD "refused=P05" },
	{ 9, "K", "declared birth",
	  "child=+o foundling=true late.reason=distance date_of_birth=-41000 " CHILD
	  "place_of_birth=former mother_residence=former late.witnesses[0].name=2 "
	  "late.witnesses[1].name=3 refused=P07" },
	{ 9, "R", "name_change",
	  "holder=w old_name=w new_name=1 sort=usage expects=1 refused=P08" },
	{ 0 },
};

/* Of weddings. */
static const struct tale_act altar[] = {
	{ 0, "R", "marriage_notice", "spouse_a=b spouse_b=y until=10 refused=L05" },
	{ 1, "R", "recognition", "child=a father=c parent_role=father mother_consent=true" },
	{ 2, "R", "marriage_notice", "spouse_a=c spouse_b=a until=12 refused=L06" },
	{ 3, "K", "declared marriage",
	  "spouse_a=b spouse_b=a date_of_marriage=3 place=commune form=civil " WITNESSES
	  "refused=L08" },
	{ 4, "K", "declared marriage",
	  "spouse_a=k spouse_b=a date_of_marriage=-3200 place=commune form=customary " WITNESSES
	  "refused=S21" },
	{ 5, "R", "divorce", "spouse_a=h spouse_b=w target=@w decision=@w refused=S13" },
	{ 6, "R", "divorce", "spouse_a=h target=@m decision=@m refused=S13,S16" },
	{ 7, "CC", "court_decision", "order=divorce persons=h,w ordered=@m as=d" },
	{ 9, "R", "divorce", "spouse_a=h spouse_b=w target=@m decision=@d date_final=7" },
	{ 12, "R", "recognition",
	  "child=a father=g parent_role=father mother_consent=true refused=L20,P02" },
	{ 20, "K", "declared marriage",
	  "case=l spouse_a=g spouse_b=v date_of_marriage=-900 place=commune form=customary "
	  "late.reason=distance late.witnesses[0].name=2 late.witnesses[1].name=3 " WITNESSES
	  "as=l" },
	{ 21, "R", "registered marriage",
	  "case=l spouse_a=g spouse_b=v declaration=@l registration_number=M refused=L11" },
	{ 22, "R+P", "registered marriage",
	  "case=l spouse_a=g spouse_b=v declaration=@l registration_number=M" },
	{ 60, "K", "declared marriage",
	  "spouse_a=b spouse_b=w date_of_marriage=60 place=commune form=religious " WITNESSES
	  "refused=L07" },
	{ 0 },
};

/* Of deaths. */
static const struct tale_act grave[] = {
	{ 2, "K", "declared death",
	  "case=d deceased=w surviving_spouse=h date_of_death=0 place_of_death=commune "
	  "usual_residence=village as=x" },
	{ 4, "R", "registered death",
	  "case=d deceased=w surviving_spouse=h declaration=@x registration_number=D" },
	{ 5, "K", "declared death",
	  "deceased=w date_of_death=1 place_of_death=commune "
	  "usual_residence=village refused=L02,L03" },
	{ 6, "R", "name_change", "holder=w old_name=w new_name=1 sort=usage refused=L03" },
	{ 7, "K", "declared birth",
	  "child=+c mother=w father=h date_of_birth=6 " CHILD "refused=P04" },
	{ 8, "V", "number_allocated", "holder=h scheme=kidc place=commune refused=S05,S15" },
	{ 9, "R", "presumed_death", "deceased=h decision=@m refused=L09" },
	{ 0 },
};

/* Of papers. */
static const struct tale_act counter[] = {
	{ 0, "PC", "id_card_applied", "holder=k sort=ordinary photo_digest=digest refused=L13" },
	{ 1, "IM", "permit_applied", "holder=w sort=visa photo_digest=digest refused=L25" },
	{ 2, "PC", "id_card_applied",
	  "holder=w sort=ordinary reason=change photo_digest=digest as=a" },
	{ 3, "IC", "id_card_issued", "holder=w application=@a document_number=DA* refused=L12" },
	{ 4, "PP", "passport_applied", "holder=w sort=ordinary photo_digest=digest as=a" },
	{ 5, "PC", "address_changed",
	  "resident=h,w old_address=home new_address=other cause=renumbering" },
	{ 6, "PP", "passport_issued", "holder=w application=@a document_number=DB* refused=P11" },
	{ 7, "PC", "residence_unit_opened", "address=far refused=S03" },
	{ 8, "PC", "residence_departure", "resident=h from_unit=#home to=commune" },
	{ 9, "PC", "residence_departure", "resident=h from_unit=#home to=commune refused=L15" },
	{ 10, "R+V", "correction",
	  "child=k mother=w father=h target=@k changes[0].path=birth.date_of_birth "
	  "changes[0].old_value.partial_date=k changes[0].new_value.partial_date=-920 "
	  "refused=L10" },
	{ 20, "CC", "court_decision", "order=correction persons=k,w,h ordered=@k as=d" },
	{ 25, "R+V", "correction",
	  "child=k mother=w father=h target=@k changes[0].path=birth.date_of_birth path=court "
	  "cite=@d "
	  "changes[0].old_value.partial_date=k changes[0].new_value.partial_date=-920 "
	  "ground=year" },
	{ 30, "CC", "dispute_opened", "subject=k,w,h targets=@k" },
	{ 31, "R", "certificate_issued",
	  "child=k mother=w father=h act=@k rendering_digest=digest serial=D* refused=L26" },
	{ 0 },
};

#define DIFFER                                                                                     \
	"survivor=a absorbed=b review_file=r* winners[0].group=names winners[0].winner=survivor "  \
	"winners[1].group=sex winners[1].winner=survivor winners[2].group=birth "                  \
	"winners[2].winner=survivor "

/* Of identities and officers. */
static const struct tale_act desk[] = {
	{ 0, "G1+G2", "merge", DIFFER "refused=L27" },
	{ 1, "G1+G3", "merge", DIFFER "refused=S05" },
	{ 2, "R", "adoption",
	  "child=k adopter_a=a adopter_b=b form=full inter_country=true authority=abroad "
	  "decision=@k refused=L09,L22" },
	{ 3, "G1", "legacy_rejected", "act=digest refused=S02,S12" },
	{ 4, "G1+G2", "office_opened", "office_id=kiosk-* sort=commune areas=%c" },
	{ 4, "P+V", "officer_enrolled", "officer=a public_key=X roles=clerk office_id=kiosk-*" },
	{ 5, "X", "declared birth", "child=+c mother=a date_of_birth=4 " CHILD "refused=S04" },
	{ 6, "P+V", "officer_enrolled", "public_key=Y roles=registrar office_id=kiosk-*" },
	{ 6, "K", "declared birth",
	  "case=p child=+p mother=w father=h date_of_birth=5 father_declared=true " CHILD },
	{ 6, "Y", "declared birth",
	  "case=q child=+q mother=w father=h date_of_birth=5 " CHILD "name=7 refused=P06" },
	{ 7, "G1+G2", "office_closed", "office_id=kiosk-*" },
	{ 9, "Y", "proof_of_life", "subject=a office_id=kiosk-* refused=S18" },
	{ 0 },
};

const struct tale tales_of_refusals[] = {
	{ "appealed", "", NULL, appealed },
	{ "offline", "", NULL, offline },
	{ "cradle", "kF2 aF61 bM40", NULL, cradle },
	{ "altar", "kF1 aF20 bM45 cM50 yF15 gM32 vF30", NULL, altar },
	{ "grave", "", NULL, grave },
	{ "counter", "kF1", NULL, counter },
	{ "desk", "kF1 aF27 bM29", "kiosk-*", desk },
	{ 0 },
};
