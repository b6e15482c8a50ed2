"""S07: what depends on two fields of one message; each function gives the paths at fault."""
import re

import dates

COUNTRY = re.compile(r"[A-Z]{3}").fullmatch
SUBJECT_ROLE = 20  # SUBJECT_ROLE_SUBJECT


def of_place(place):
    if place.code:
        return [] if place.gazetteer and not place.country else ["gazetteer"]
    return [] if place.country and place.text and not place.gazetteer else ["code"]


def of_birth(birth):
    if birth.plurality == 1:
        return []
    return [name for name in ("birth_order", "delivery_id") if not getattr(birth, name)]


def of_settlement(resolved):
    return [] if resolved.HasField("ended_on") == (resolved.outcome == 2) else ["ended_on"]


def of_marriage(marriage):
    return [] if len(marriage.witnesses) >= 2 else ["witnesses"]


def of_digitised(digitised):
    return [] if len(digitised.keyings) == 2 else ["keyings"]


def of_linked(linked):
    return [] if linked.WhichOneof("act") else ["act"]


def of_informant(informant):
    return [] if informant.person_id or informant.HasField("name") else ["name"]


def of_arrival(arrival):
    """Only a first entry comes from nowhere."""
    is_known = arrival.HasField("from") or arrival.reason == "first_entry"
    return [] if is_known else ["from"]


def of_cause(cause):
    found = []
    if cause.underlying and cause.underlying not in [line.code for line in cause.codes]:
        found.append("underlying")
    return found + (["tool_version"] if bool(cause.tool) != bool(cause.tool_version) else [])


def of_targets(message):
    return ["targets"] if len(set(message.targets)) < len(message.targets) else []


def of_seal(seal):
    """Acts or persons are sealed; fields and edges are not, yet."""
    found = ["scope"] if seal.scope in (2, 3) else []
    found += ["targets"] if (seal.scope == 4) == bool(seal.targets) else []
    return found + (["fields"] if (seal.scope == 2) != bool(seal.fields) else [])


def of_hold(hold):
    """Acts are named when acts are held."""
    return of_targets(hold) + (["targets"] if (hold.scope == 2) != bool(hold.targets) else [])


def of_foreigner(enrolled):
    """The person is the subject, and no national."""
    found = [] if enrolled.person.role == SUBJECT_ROLE else ["person.role"]
    own = "KHM" in enrolled.nationalities or not all(map(COUNTRY, enrolled.nationalities))
    return found + (["nationalities"] if own else [])


def of_false_identity(found):
    return ["true_person"] if found.true_person and found.true_identity == 2 else []


def of_merge(merge):
    """Somebody reviewed it; one winner for a group."""
    groups = [winner.group for winner in merge.winners]
    return ([] if merge.decision or merge.review_file else ["review_file"]) + (
        ["winners"] if len(set(groups)) < len(groups) else [])


def of_block(block):
    first, last = dates.of_date(block.date), dates.of_date(block.expires)
    return ["expires"] if first is not None and last is not None and last < first else []


def of_stay(stay):
    first, last = dates.of_date(getattr(stay, "from")), dates.of_date(stay.until)
    return ["until"] if first is not None and last is not None and last < first else []


def of_foetal_death(death):
    """From 22 weeks or 500 grams on."""
    return [] if death.gestation_weeks >= 22 or death.weight_g >= 500 else ["gestation_weeks"]


def of_merger(merged):
    return ["into"] if merged.office_id == merged.into else []


def of_roles(message):
    """Who verifies neither declares nor registers; nodes are no officers."""
    joins = 4 in message.roles and (2 in message.roles or 3 in message.roles)
    return ["roles"] if joins or 17 in message.roles else []


def of_parts(message):
    return ["part"] if message.part > message.parts else []


def of_anchor(anchor):
    return ["to_ms"] if anchor.to_ms < anchor.from_ms else []


BETWEEN = {"Merge": of_merge, "BlockReserved": of_block,
           "OfficeMerged": of_merger, "OfficerScopeChanged": of_roles, "OfficerEnrolled": of_roles,
           "CodelistPublished": of_parts, "AccessAnchor": of_anchor,
           "ForeignerEnrolled": of_foreigner, "FalseIdentity": of_false_identity,
           "GuardianshipSet": of_stay, "CapacitySet": of_stay, "TemporaryResidence": of_stay,
           "FoetalDeath": of_foetal_death, "AddressProtectionSet": of_stay,
           "CauseCoded": of_cause, "DisputeOpened": of_targets, "DisputeClosed": of_targets,
           "MarriageResolved": of_settlement, "LegalHoldSet": of_hold, "Seal": of_seal,
           "ResidenceArrival": of_arrival,
           "Informant": of_informant, "Place": of_place, "Birth": of_birth,
           "Marriage": of_marriage, "LegacyDigitised": of_digitised, "LegacyLinked": of_linked}
