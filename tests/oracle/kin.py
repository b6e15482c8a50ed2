"""Who is kin of whom: by the parents of every sort, those before an adoption too."""


def ancestors(world, person, deepest=32):
    """Every ancestor with the smallest number of steps up; the person itself at 0."""
    found, level = {person: 0}, [person]
    for depth in range(1, deepest):
        level = [p for child in level for p in world.life(child).parents if p not in found]
        if not level:
            break
        for parent in level:
            found.setdefault(parent, depth)
    return found


def children(world, person):
    return [c for c in world.life(person).children if person in world.life(c).parents]


def descendants(world, person):
    found, level = set(), [person]
    while level:
        level = [c for p in level for c in children(world, p) if c not in found]
        found.update(level)
    return found


def degree(world, a, b):
    """(is direct line, degree) counted over the nearest common ancestor; None for no kin."""
    up_a, up_b = ancestors(world, a), ancestors(world, b)
    if b in up_a or a in up_b:
        return True, up_a.get(b, up_b.get(a))
    common = [up_a[p] + up_b[p] for p in up_a if p in up_b]
    return (False, min(common)) if common else None


def close_kin(world, person):
    """The person, spouses of marriages in force, ascendants, descendants, siblings."""
    person = world.book.who(person, world.size)
    found = {person} | set(ancestors(world, person)) | descendants(world, person)
    for parent in world.life(person).parents:
        found |= set(children(world, parent))
    found |= {u.spouse for u in world.life(person).unions if u.is_open()}
    return found
