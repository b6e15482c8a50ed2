"""Certificates: who gives them out, when they stand (S14), what blocks them (L26), the fold of C4.

A certificate is superseded by whatever comes later about its act: a correction, the end of one, the
end or the return of the act itself, a coding of the cause.
"""
import dates
import legal_rules
from wire import person as pb

AREA, NATION = "area", "nation"
EXTRACT, NATIONALITY = 1, 4  # CertificateTemplate


def seat_of(message):
    """Extracts by any registrar, nationality by its office, the rest by the act's own office."""
    if message.template == NATIONALITY:
        return frozenset({"NA"}), NATION
    return frozenset({"R"}), NATION if message.template == EXTRACT else AREA


def changes_of(book, event_id, size):
    """Indexes of all that was ever done to an act, or to what was done to it."""
    for table in (book.corrections, book.voiding, book.causes):
        for index in table.get(event_id, ()):
            if index < size:
                yield index
                yield from changes_of(book, book.records[index].event.id, size)


def stands(judging):
    """S14: a certificate with this serial, not withdrawn before."""
    record = judging.book.record_of(judging.event.message.target, judging.size)
    subjects = judging.event.subjects
    if not subjects or subjects[0].person not in judging.book.names(record, judging.size):
        return True  # S16 says so
    return record.event.message.serial == judging.event.message.serial \
        and record.event.id not in judging.book.withdrawn


def l26(judging):
    """Not disputed, not held, not sealed by a court."""
    book, target = judging.book, judging.event.message.act
    record = book.record_of(target, judging.size)
    act = book.act(record, judging.size) if record is not None else None
    if act is None:
        return dates.YES  # S12 or S13 says so
    return dates.of_bool(not book.is_disputed(act, judging.size)
                         and not list(legal_rules.holds(judging))
                         and not book.is_sealed(record, judging.day))


class Certificates:
    def __init__(self, fold):
        self.fold, self.state = fold, fold.state

    def take_certificate_issued(self, act, role):
        message = act.message
        self.state.certificates.add(
            serial=message.serial, template=message.template, act=message.act,
            as_of=message.as_of, status=pb.CERTIFICATE_STATUS_CURRENT, issued_by=act.event_id,
            provisional=self.state.provisional,
            provenance=self.fold.provenance(act))

    def take_certificate_withdrawn(self, act, role):
        for certificate in self.state.certificates:
            if certificate.issued_by == act.message.target:
                certificate.status = pb.CERTIFICATE_STATUS_WITHDRAWN
                self.fold.end(certificate.provenance, act, act.message.date)

    def finish(self):
        for certificate in self.state.certificates:
            changes = changes_of(self.fold.book, certificate.act, self.fold.size)
            if certificate.status == pb.CERTIFICATE_STATUS_CURRENT \
                    and any(i > certificate.provenance.known_from for i in changes):
                certificate.status = pb.CERTIFICATE_STATUS_SUPERSEDED
