"""Fields of an act by path: what a correction reads, compares and sets.

A path begins with the kind's member of Content or with "common", and ends at a leaf: a scalar, a
Date, PartialDate, Name, Place or Address. A value travels as a FieldValue; an absent one has none.
"""
import re

from wire import amendment

LEAVES = {"Date": "date", "PartialDate": "partial_date", "Name": "name", "Place": "place",
          "Address": "address"}
SEGMENT = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")


class NoSuchField(Exception):
    """The path leads to no leaf, or the value is not of its type."""


def resolve(root, path, make):
    """(message that holds the leaf, its descriptor, index or None); None when it is absent."""
    message, segments = root, path.split(".")
    for position, segment in enumerate(segments):
        match = SEGMENT.fullmatch(segment)
        field = match and message.DESCRIPTOR.fields_by_name.get(match.group(1))
        if not field:
            raise NoSuchField(path)
        index = match.group(2) and int(match.group(2))
        is_list = field.label == field.LABEL_REPEATED
        if is_list != (index is not None):
            raise NoSuchField(path)
        if is_list and index >= len(getattr(message, field.name)):
            raise NoSuchField(path)
        if position == len(segments) - 1:
            if field.message_type and field.message_type.name not in LEAVES:
                raise NoSuchField(path)
            return message, field, index
        if not field.message_type:
            raise NoSuchField(path)
        message = step_into(message, field, index, make)
    raise NoSuchField(path)


def step_into(message, field, index, make):
    if index is not None:
        return getattr(message, field.name)[index]
    part = getattr(message, field.name)
    if make:
        part.SetInParent()
    return part


def member_of(field):
    """Which member of FieldValue carries a field of this type."""
    if field.message_type:
        return LEAVES[field.message_type.name]
    if field.enum_type or field.type == field.TYPE_STRING:
        return "text"
    if field.type == field.TYPE_BYTES:
        return "identifier"
    return "flag" if field.type == field.TYPE_BOOL else "number"


def read(root, path):
    message, field, index = resolve(root, path, make=False)
    value = amendment.FieldValue()
    if index is None and field.message_type and not message.HasField(field.name):
        return value
    raw = getattr(message, field.name)
    raw = raw if index is None else raw[index]
    if field.message_type:
        getattr(value, member_of(field)).CopyFrom(raw)
    elif raw:
        is_enum = field.enum_type is not None
        setattr(value, member_of(field),
                field.enum_type.values_by_number[raw].name if is_enum else raw)
    return value


def write(root, path, value):
    message, field, index = resolve(root, path, make=True)
    member = value.WhichOneof("value")
    if member is None:
        if index is not None:
            raise NoSuchField(path)
        message.ClearField(field.name)
        return
    if member != member_of(field):
        raise NoSuchField(path)
    raw = getattr(value, member)
    if field.enum_type:
        if raw not in field.enum_type.values_by_name:
            raise NoSuchField(path)
        raw = field.enum_type.values_by_name[raw].number
    if field.message_type:
        holder = getattr(message, field.name)
        (holder if index is None else holder[index]).CopyFrom(raw)
    elif index is None:
        setattr(message, field.name, raw)
    else:
        getattr(message, field.name)[index] = raw
