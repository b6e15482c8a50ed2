"""What a court had erased: the part of the book that forgets."""
import wire
from wire import DECLARED


class Erased:
    def erase(self, record, message):
        """Content goes; the residue is read in its place, at every size."""
        target = self.by_event[message.target]
        sources = [target]
        if target.event.member == "registration":
            sources = [r for r in self.by_case[target.event.header.case_id]
                       if r.step == DECLARED]
        residue = wire.content.Content.FromString(message.residue)
        after = [(r.event, residue, residue.WhichOneof("kind")) for r in sources]
        gone = self.papers_behind(target) + [
            self.records[i] for i in self.corrections.get(message.target, ())]
        after += [(r.event, r.event.content, "erased") for r in gone]
        before = [(e, e.content, e.member) for e, _, _ in after]
        corrections = list(self.corrections.get(message.target, ()))
        self.erasures.append((record.index, message.target, before, after, corrections))
        self.show(len(self.records))

    def papers_behind(self, act):
        """What two clerks keyed and a verifier made of it; a paper without content is none."""
        if act.event.member != "legacy_linked":
            return []
        verified = self.by_event.get(act.event.message.verified)
        if verified is None or verified.event.member != "legacy_verified":
            return []
        digitised = self.by_event.get(verified.event.message.digitised)
        is_paper = digitised is not None and digitised.event.member == "legacy_digitised"
        return [verified, digitised] if is_paper else [verified]

    def show(self, size):
        """Reads contents as they stood at a size, for counts that stay what they were: undoes the
        erasures from there on. Returns the size shown before."""
        shown, self.shown = self.shown, size
        for index, target, before, after, corrections in reversed(self.erasures):
            if size <= index < shown:
                self.put(before)
                self.corrections[target] = corrections + self.corrections[target]
        for index, target, before, after, corrections in self.erasures:
            if shown <= index < size:
                self.put(after)
                self.corrections[target] = [
                    i for i in self.corrections.get(target, ()) if i not in corrections]
        return shown

    def put(self, contents):
        self.act_cache.clear()
        for event, content, member in contents:
            event.content, event.member = content, member
            event.message = getattr(content, content.WhichOneof("kind"))
