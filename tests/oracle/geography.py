"""Versions of the gazetteer and what became of areas."""
import dates


class Gazetteer:
    def __init__(self):
        self.parts = {}      # version -> {part: message}
        self.versions = {}   # version -> (first day, {code: area}), complete ones
        self.successions = []  # (day, old, new) in the order published

    def publish(self, message):
        parts = self.parts.setdefault(message.version, {})
        parts[message.part] = message
        if len(parts) != message.parts:
            return
        areas = {area.code: area for part in parts.values() for area in part.areas}
        self.versions[message.version] = (dates.of_date(message.effective_on), areas)
        for _, part in sorted(parts.items()):
            for s in part.successions:
                self.successions.append((dates.of_date(s.on), s.old_code, s.new_code))

    def last_day(self, version):
        first = self.versions[version][0]
        later = [day for day, _ in self.versions.values() if day > first]
        return min(later) - 1 if later else dates.FOREVER

    def has(self, version, code):
        return version in self.versions and code in self.versions[version][1]

    def in_force(self, version, days):
        """YES when the version is in force on all days of the interval, NO when on none."""
        first, last = self.versions[version][0], self.last_day(version)
        return dates.answer(first <= days[0] and days[1] <= last,
                            days[1] < first or last < days[0])

    def successor(self, version, code, day):
        """The code after all successions from this version on, up to and including the day."""
        since = self.versions[version][0] if version in self.versions else dates.FIRST_DAY
        steps = sorted(s for s in self.successions if since < s[0] <= day)
        for _, old, new in steps:
            if code == old:
                code = new
        return code


def covers(areas, code):
    """No area at all is the nation."""
    return not areas or any(code.startswith(area) for area in areas)
