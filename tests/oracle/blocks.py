"""Blocks of numbers for offices without a network: rules of C4's numbers, births that take one."""
import struct

import dates
import wire
from wire import person as pb

BLOCK = 2  # NumberSource
LIVE = pb.NUMBER_STATUS_LIVE


def places(count):
    """In whose stead the numbers of a block stand until births take them."""
    return [struct.pack(">I", place + 1) for place in range(count)]


def block_of(book, event, size):
    """The block_reserved that an act of return names; None: none."""
    record = book.record_of(event.message.block, size)
    return record if record is not None and record.event.member == "block_reserved" else None


def office(book, event, size):
    """The office whose block it is."""
    if event.member == "block_reserved":
        return event.message.office_id
    block = block_of(book, event, size)
    return block.event.message.office_id if block is not None else None


def taken(book):
    """Numbers that persons have, or that declarations took."""
    return {number for record in book.records for key, number in record.numbers
            if len(key) == 16}


def is_returned(judging, block):
    return block.event.id in judging.book.returned


def counts(judging):
    """S07: exactly what no declaration took comes back."""
    block = None
    if judging.event.member == "block_returned":
        block = block_of(judging.book, judging.event, judging.size)
    if block is None or is_returned(judging, block):
        return True
    used = taken(judging.book)
    left = sum(number not in used for _, number in block.numbers)
    return left == judging.event.message.unused_count


def is_named(judging):
    """S12: the office exists; what is closed is a live number of the holder's."""
    event = judging.event
    if event.member == "block_reserved" and event.message.office_id:
        return event.message.office_id in judging.book.authority.offices
    holder = event.of_role("holder") if event.member == "number_closed" else None
    state = judging.world.state_at(holder, dates.FOREVER) if holder else None
    return state is None or any(n.status == LIVE and n.number == event.message.number
                                for n in state.numbers)


def numbers_stand(judging):
    """S15: a number of a block is one of this office's, open on the day, and unused; or that of the
    case. A verification takes one only from a declaration that did."""
    event, matter = judging.event, judging.matter
    is_birth = matter is not None and matter.kind.name == "birth" and not matter.is_legacy
    told = matter.message.kidc_block if is_birth and matter.message.HasField("kidc_block") else None
    if event.member == "verification":
        return told is not None or event.message.kidc_source != BLOCK
    if event.member != "birth" or told is None:
        return True
    block = judging.book.record_of(told.block, judging.size)
    if block is None or block.event.member != "block_reserved" \
            or told.number not in [number for _, number in block.numbers]:
        return False
    if judging.case.numbers():
        return judging.case.numbers()[0][1] == told.number
    day = matter.declared_day if matter.declared_day is not None else matter.recorded_day
    return (block.event.message.office_id == event.header.office_id
            and day <= dates.of_date(block.event.message.expires)
            and not is_returned(judging, block) and told.number not in taken(judging.book))


def is_provisional(judging):
    """S22: the office was cut off, and used its block: the verification comes later."""
    declared = judging.case.declared
    if declared is None or declared.event.member != "birth" or judging.case.verified is not None:
        return False
    return (declared.event.message.HasField("kidc_block")
            and declared.event.content.common.signed_offline
            and not judging.event.message.verification)


def late_verification(book, record, size):
    """Of a birth registered before it was verified: the verification, once it is there."""
    if record.event.member != "registration" or record.event.message.verification:
        return None
    return book.case(record.event.header.case_id, size).verified


def registrars_of(book, case):
    """Of a provisional birth, which is verified after it was registered."""
    if case.last.step != wire.REGISTERED:
        return set()
    keys, day = book.authority.keys, dates.day_of_instant(case.last.event.header.signed_at_ms)
    return {keys[k].id for k in case.last.event.signers
            if k in keys and "R" in keys[k].on(day).roles}
