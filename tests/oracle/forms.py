"""Rules S07 and S08: what content must look like by itself. Sections B, C and H.

One line for each field that has a form: M is mandatory, - is not. A form is a function of the
value; a message's own fields are walked as well. Fields without a line may hold anything.
"""
import re

import dates
import form_pairs
import names
import numbers_of_persons as numbers
import wire


def pattern(text):
    return lambda value: bool(re.fullmatch(text, value))


def text(code_points):
    return lambda value: len(value) <= code_points


def size(*sizes):
    return lambda value: len(value) in sizes


def between(first, last):
    return lambda value: first <= value <= last


def is_date(value):
    return dates.of_date(value) is not None


def is_partial(value):
    return dates.of_partial(value, dates.FOREVER - 500_000) is not None


def is_content(value):
    """Bytes of a content, in the one form that may be signed."""
    try:
        return not wire.has_control(wire.read(wire.content.Content, value, "residue"))
    except wire.Malformed:
        return False


def anything(value):
    return True


WORD = pattern(r"[a-z0-9_]{1,32}")
AREA = pattern(r"\d{2}|\d{4}|\d{6}|\d{8}")
VILLAGE = pattern(r"\d{8}")
OFFICE = pattern(r"[a-z0-9-]{2,32}")
DOCUMENT = pattern(r"[A-Za-z0-9-]{1,20}")
COUNTRY = pattern(r"[A-Z]{3}")
TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d")
ICD = pattern(r"[A-Z]\d\d(\.[0-9A-Z]{1,4})?")
CAUSE = pattern(r"[abcd2]")
ID, HASH = size(16), size(32)


def all_hash(values):
    return all(len(value) == 32 for value in values)


FORMS = """
Birth M name anything|M sex anything|M date_of_birth is_partial|- time_of_birth TIME
Birth M place_of_birth anything|M plurality anything|M mother_residence anything
Birth M child_address anything|- delivery_id ID|- attendant WORD|- site WORD
Death M date_of_death is_partial|- time_of_death TIME|M place_of_death anything|M manner anything
Death M certification anything|M usual_residence anything|- new_head ID
DeathRevoked M target HASH|M found_on is_date|M proof WORD|M authority text120
CodedCause M line CAUSE|M icd_version anything|M code ICD
CauseCoded M target HASH|M codes anything|M underlying ICD|M date is_date|- tool text120
Disappearance M last_seen is_partial|M place anything|M reported_by anything
PresumedDeath M presumed_date is_date|M decision HASH
Revocation M target HASH|M ground anything|M effect anything|M date is_date
Reinstatement M target HASH|M ground anything|M date is_date
DisputeOpened M targets all_hash|M authority text120|M reason text500|M date is_date
DisputeClosed M targets all_hash|M authority text120|M outcome anything|M date is_date
LegalHoldSet M scope anything|- targets all_hash|- until is_date|M authority text120|M date is_date
Seal M scope anything|- targets all_hash|- until is_date|M authority text120|M date is_date
Unseal M target HASH|M authority text120|M date is_date
SealOpened M target HASH|M reader text120|M warrant text120|M date is_date
ContentErased M target HASH|M residue is_content|M decision HASH|M date is_date
LegalHoldLifted M target HASH|M authority text120|M date is_date
GuardianshipSet M scope WORD|M from is_date|- until is_date|M decision HASH
GuardianshipEnded M target HASH|M from is_date|M decision HASH
CapacitySet M scope WORD|M from is_date|- until is_date|M decision HASH
NameChange M old_name anything|M new_name anything|M sort anything|M effective_on is_date
NameChange - decision HASH
FoetalDeath M date is_partial|M place anything
RuleSet M effective_on is_date
RulesetPublished M rule_set anything
MarriageNotice M posted_on is_date|M until is_date|- planned_on is_date
Marriage M date_of_marriage is_partial|M place anything|M form anything|- notice HASH
AlreadyEnded M on is_date|M reason anything|M act HASH
Divorce M target HASH|M decision HASH|M date_final is_date
Recognition M date is_date|M parent_role anything|M form anything
ParentageDisputed M date is_date|M court text120|M case_number text120
ParentLink M role anything|M person_id ID
ParentageSet M date_final is_date|M decision HASH
Legitimation M marriage HASH|M date is_date
AdoptionConsent M role anything|M date is_date
Adoption M date_final is_date|M decision HASH|M form anything|- authority text120
Adoption - placed_on is_date
AdoptionRevoked M target HASH|M decision HASH|M date_final is_date
ResidenceUnitOpened M address anything|M sort anything|M date is_date
ResidenceDeparture M date is_date|M from_unit ID|M to anything|M reason WORD
ResidenceArrival M date is_date|M unit ID|M reason WORD|- release HASH
ResidenceUnitClosed M unit ID|M reason WORD|M date is_date
TemporaryResidence M unit ID|M from is_date|M until is_date|M host text120
AddressChanged M old_address anything|M new_address anything|M cause anything
AddressChanged M effective_on is_date
AddressProtectionSet M level anything|M authority text120|- until is_date|M from is_date
AddressProtectionLifted M authority text120|M from is_date
Emigration M country COUNTRY|M date is_date|M basis WORD
ImmigrationReturn M country COUNTRY|M date is_date|M basis WORD
FamilyRelation M person_id ID|M relation WORD
FamilyBookOpened M book_number DOCUMENT|M unit ID|M date is_date
FamilyBookMemberAdded M book_number DOCUMENT|M relations anything|M date is_date|M reason WORD
FamilyBookMemberRemoved M book_number DOCUMENT|M date is_date|M reason WORD
FamilyBookHeadChanged M book_number DOCUMENT|M date is_date|M reason WORD
FamilyBookSplit M book_number DOCUMENT|M new_book_number DOCUMENT|M unit ID|M date is_date
FamilyBookSplit M reason WORD
FamilyBookMerged M book_numbers documents|M new_book_number DOCUMENT|M unit ID|M date is_date
FamilyBookMerged M reason WORD
FamilyBookReplaced M book_number DOCUMENT|M new_book_number DOCUMENT|M unit ID|M date is_date
FamilyBookReplaced M reason WORD
FamilyBookClosed M book_number DOCUMENT|M date is_date|M reason WORD
ApplicationSubmitted M for_kind WORD|M application_number DOCUMENT|M channel anything
ApplicationSubmitted M delivery anything|M date is_date|M office_id OFFICE
ApplicationProcessing M application HASH|M date is_date
ApplicationReady M application HASH|M date is_date
ApplicationDelivered M application HASH|M delivered_how WORD|M date is_date
ApplicationRefused M application HASH|M reason WORD|- text text500|M appeal_until is_date
ApplicationRefused M date is_date
ApplicationWithdrawn M application HASH|- text text500|M date is_date
NumberAllocated M scheme anything|M reason anything|M date is_date|M place anything
DocumentApplied M sort WORD|M reason anything|M date is_date|M photo_digest HASH|M delivery anything
DocumentIssued M application HASH|M document_number DOCUMENT|M serial anything|M issued_on is_date
DocumentIssued M expires_on is_date|M snapshot anything
DocumentSnapshot M name anything|M sex anything|M birth is_partial|M nationality COUNTRY
DocumentSnapshot M address anything|M number personal
BlockNumber M block HASH|M number personal
NumberClosed M number personal|M reason WORD|M date is_date
BlockReserved M office_id OFFICE|M scheme WORD|M count block_count|M expires is_date|M date is_date
BlockReturned M block HASH|- unused_count block_rest|M date is_date
DocumentDelivered M document_number DOCUMENT|M date is_date|M to anything|M by anything
DocumentRenewed M issue anything|M replaces DOCUMENT|M reason WORD
DocumentReplaced M issue anything|M replaces DOCUMENT|M reason WORD
DocumentLost M document_number DOCUMENT|M date is_partial|M report_number anything
DocumentStolen M document_number DOCUMENT|M date is_partial|M report_number anything
DocumentFound M document_number DOCUMENT|M date is_date
DocumentSuspended M document_number DOCUMENT|M date is_date|M reason WORD|M authority anything
DocumentResumed M document_number DOCUMENT|M date is_date|M reason WORD|M authority anything
DocumentRevoked M document_number DOCUMENT|M date is_date|M reason WORD|M authority anything
NationalityAcquired M country COUNTRY|M basis anything|M decree_number anything
NationalityAcquired M effective_on is_date
NationalityRenounced M country COUNTRY|M basis WORD|M decree_number anything|M effective_on is_date
NationalityRenounced - statelessness HASH
NationalityLost M country COUNTRY|M basis WORD|M decree_number anything|M effective_on is_date
NationalityLost - statelessness HASH
NationalityRestored M target HASH|M decree_number anything|M effective_on is_date
StatelessnessFound M finding_number anything|M date is_date|M authority anything
Correction M target HASH|M changes anything|M ground anything|M path anything|M date is_date
FieldChange M path anything
FieldValue - partial_date is_partial|- date is_date
CourtDecision M court anything|M case_number anything|M decision_number anything
CourtDecision M date_of_decision is_date|- date_final is_date
CourtOrder M kind WORD|- text text500
LegacyDigitised M image_digest HASH|M form_generation WORD|M paper_reference anything|M date is_date
LegacyVerified M digitised HASH|M date is_date|M resolved anything
LegacyLinked M verified HASH|M confidence anything
CertificateIssued M act HASH|M template anything|M as_of is_date|M serial DOCUMENT
CertificateIssued M rendering_digest HASH|M collector anything
CertificateWithdrawn M target HASH|M serial DOCUMENT|M reason WORD|M date is_date
Objection M notice HASH|M ground WORD|M date is_date
ObjectionResolved M objection HASH|M outcome anything|M date is_date|- decision HASH
Annulment M target HASH|M decision HASH|M date_final is_date|M good_faith anything
Separation M target HASH|M decision HASH|M date_final is_date
Reconciliation M target HASH|M decision HASH|M date_final is_date
MarriageResolved M target HASH|M decision HASH|M outcome anything|- ended_on is_date
MarriageResolved M date_final is_date
MergeWinner M group anything|M winner anything
MergeDocument M document_class WORD|M number DOCUMENT
Merge - decision HASH|- review_file text120
Reassignment M record_index positive|M person_id ID
Unmerge M target HASH|M date is_date
DuplicateSuspected - score percent|M rule WORD|M fields words|M date is_date
DuplicateCleared M reason WORD|- text text500|M date is_date
ForeignerEnrolled M person anything|M nationalities anything|M passport_number DOCUMENT
ForeignerEnrolled M country COUNTRY|M address anything|M date is_date
FalseIdentity M true_identity anything|- true_person ID|M date is_date
LegacyRejected M act HASH|M reason WORD|M date is_date
ProofOfLife M date is_date|M how anything|M office_id OFFICE
NewPerson M role anything|M name anything|M sex anything|M birth is_partial
Notification M kind WORD|M date is_partial|M place anything|M description text500
Verification M declaration HASH|M kidc_source anything
Registration M declaration HASH|- verification HASH|M registration_number anything
Registration M date_of_registration is_date
RegistrationNumber M office_id OFFICE|M register anything|M year anything|M number number
Refusal M reason WORD|M text text500|M appeal_until is_date
Withdrawal M by WORD|M text text500
Address M code VILLAGE|M gazetteer anything|- unit_id ID
Place - code AREA|- country COUNTRY
Override M rule anything|M ground WORD|M reason text300|- authority HASH
Common - date_of_declaration is_date
Informant M relationship WORD|- person_id ID
ParentDetails M name anything|M birth is_partial|M nationality COUNTRY|M residence anything
SupportingDocument M type WORD|M issuer anything|M number anything|M date is_date
SupportingDocument M digest HASH|M media_type anything
OfficeOpened M office_id OFFICE|M sort anything|M date is_date
OfficeClosed M office_id OFFICE|M date is_date
OfficerEnrolled M public_key HASH|M roles anything|M office_id OFFICE|M from is_date
OfficeMerged M office_id OFFICE|M into OFFICE|M date is_date
OfficerScopeChanged M public_key HASH|M roles anything|M office_id OFFICE|M from is_date
OfficerScopeChanged - until is_date
OfficerKeyRotated M public_key HASH|M new_public_key HASH|M date is_date
OfficerRetired M public_key HASH|M date is_date
InstitutionPackage M name WORD|M fields anything
InstitutionAuthorised M institution OFFICE|M certificate_fingerprint HASH|M purposes anything
InstitutionAuthorised M packages anything|M basis text300|M from is_date|- until is_date
InstitutionRevoked M institution OFFICE|M reason WORD|M date is_date
CodelistEntry M code WORD|M km text120|M en text120
CodelistPublished M list WORD|M version anything|M effective_on is_date|M part part
CodelistPublished M parts part|M entries anything
NodeAdmitted M node_id OFFICE|M public_key HASH|M cosigner_key HASH|M role anything
NodeAdmitted M office_id OFFICE|M from is_date
NodeRetired M node_id OFFICE|M date is_date
AccessAnchor M node_id OFFICE|M head HASH|M count positive|M from_ms anything|M to_ms anything
AccessAnchor M date is_date
CheckpointEpoch M node_id OFFICE|M size positive|M root HASH|M map_root HASH|M date is_date
Disclosure M institution OFFICE|M purpose WORD|M selection text500|M output_digest HASH
Disclosure M basis text300|M date is_date
OfficerSuspended M public_key HASH|M reason WORD|M date is_date
OfficerKeyCompromised M public_key HASH|M since_ms anything|M reason WORD|M date is_date
"""
NAMED = {"percent": between(0, 100), "block_count": between(1, 500), "block_rest": between(0, 500),
         "personal": numbers.is_number, "text120": text(120), "text300": text(300),
         "text500": text(500),
         "part": between(1, 10000), "positive": between(1, 2 ** 63),
         "number": between(1, 99999)}


def documents(values):
    return all(DOCUMENT(value) for value in values)


def words(values):
    return all(WORD(value) for value in values)


def read_forms():
    table = {}
    for line in FORMS.strip().splitlines():
        message, _, rows = line.partition(" ")
        for row in rows.split("|"):
            need, field, form = row.split()
            check = NAMED.get(form) or globals()[form]
            table.setdefault(message, []).append((field, need == "M", check))
    return table


TABLE = read_forms()


def is_there(message, field):
    descriptor = message.DESCRIPTOR.fields_by_name[field]
    if descriptor.label == descriptor.LABEL_REPEATED:
        return len(getattr(message, field)) > 0
    if descriptor.message_type:
        return message.HasField(field)
    return bool(getattr(message, field))


def faults(message, path):
    """Paths of the fields that break S07, in this message and those within."""
    found = []
    for field, mandatory, check in TABLE.get(message.DESCRIPTOR.name, ()):
        if not is_there(message, field):
            found += [f"{path}.{field}"] if mandatory else []
        elif not check(getattr(message, field)):
            found.append(f"{path}.{field}")
    between_fields = form_pairs.BETWEEN.get(message.DESCRIPTOR.name)
    if between_fields:
        found += [f"{path}.{field}" for field in between_fields(message)]
    for descriptor, value in message.ListFields():
        if descriptor.message_type:
            many = value if descriptor.label == descriptor.LABEL_REPEATED else [value]
            for part in many:
                found += faults(part, f"{path}.{descriptor.name}")
    return found


def name_faults(message, path, in_document=False):
    """Paths of names that break S08."""
    found = []
    in_document = in_document or message.DESCRIPTOR.name == "DocumentSnapshot"
    for descriptor, value in message.ListFields():
        if not descriptor.message_type:
            continue
        many = value if descriptor.label == descriptor.LABEL_REPEATED else [value]
        for part in many:
            if descriptor.message_type.name == "Name":
                if names.fault_of_name(part, in_document):
                    found.append(f"{path}.{descriptor.name}")
            else:
                found += name_faults(part, f"{path}.{descriptor.name}", in_document)
    return found
