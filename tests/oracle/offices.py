"""S12 to S15 of governance: offices, keys, institutions, code lists and nodes that an act names."""
import dates

INSTITUTION = 10  # OfficeSort
AREAS_MAX = 64


def named(judging):
    """S12: all of them are on the ledger; S07 speaks of what is not named at all."""
    authority, message, member = judging.book.authority, judging.event.message, judging.event.member
    known = {"office": authority.offices, "key": authority.keys, "node": authority.nodes,
             "institution": authority.institutions}
    asked = {"office_merged": [("office", "office_id"), ("office", "into")],
             "officer_scope_changed": [("key", "public_key"), ("office", "office_id")],
             "officer_key_rotated": [("key", "public_key")],
             "officer_retired": [("key", "public_key")],
             "institution_authorised": [("office", "institution")],
             "institution_revoked": [("institution", "institution")],
             "disclosure": [("institution", "institution")],
             "node_admitted": [("office", "office_id")], "node_retired": [("node", "node_id")],
             "access_anchor": [("node", "node_id")], "checkpoint_epoch": [("node", "node_id")]}
    if member == "checkpoint_epoch" and message.size > judging.size:
        return False
    return all(not getattr(message, field) or getattr(message, field) in known[table]
               for table, field in asked.get(member, ()))


def fits(judging):
    """S13: an office joins one of its sort; who may read is an institution."""
    offices, message = judging.book.authority.offices, judging.event.message
    if judging.event.member == "office_merged":
        pair = [offices.get(message.office_id), offices.get(message.into)]
        return None in pair or pair[0].sort == pair[1].sort
    if judging.event.member == "institution_authorised":
        office = offices.get(message.institution)
        return office is None or office.sort == INSTITUTION
    return True


def in_force(judging):
    """S14: open offices, keys that nobody took away, institutions that may read."""
    authority, message, member = judging.book.authority, judging.event.message, judging.event.member
    if member == "office_merged":
        pair = [authority.offices.get(name) for name in (message.office_id, message.into)]
        found = [office for office in pair if office is not None]
        fit = len(found) < 2 or sum(len(office.areas) for office in found) <= AREAS_MAX
        return fit and all(office.closed_day == dates.FOREVER for office in found)
    if member in ("officer_scope_changed", "officer_key_rotated", "officer_retired"):
        officer = authority.keys.get(message.public_key)
        return officer is None or officer.is_in_force()
    if member == "node_retired":
        key = authority.nodes.get(message.node_id)
        return key is None or authority.keys[key].is_in_force()
    if member in ("institution_revoked", "disclosure"):
        first, last, revoked = authority.institutions.get(
            message.institution, (dates.FIRST_DAY, dates.FOREVER, False))
        valid = judging.matter.valid
        day = valid[1] if member == "disclosure" and valid else None
        return not revoked and (day is None or first <= day <= last)
    return True


def unused(judging):
    """S15: keys, nodes and parts of code lists are new."""
    authority, message, member = judging.book.authority, judging.event.message, judging.event.member
    if member == "officer_key_rotated":
        return message.new_public_key not in authority.keys
    if member == "node_admitted":
        return message.public_key not in authority.keys and message.node_id not in authority.nodes
    if member == "codelist_published":
        return (message.list, message.version, message.part) not in authority.codelists
    return True
