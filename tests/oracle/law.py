"""Rule sets by day: the law in force on a day is the newest that took effect by then."""
import dates


class Law:
    def __init__(self):
        self.sets = []

    def publish(self, rule_set):
        self.sets.append(rule_set)
        self.sets.sort(key=lambda s: dates.of_date(s.effective_on))

    def on(self, day):
        """The oldest set rules all days before its own."""
        found = self.sets[0]
        for rule_set in self.sets:
            if dates.of_date(rule_set.effective_on) <= day:
                found = rule_set
        return found

    def spanning(self, days):
        """The sets that the days of an interval fall under, oldest first."""
        begin, end = self.sets.index(self.on(days[0])), self.sets.index(self.on(days[1]))
        return self.sets[begin:end + 1]


DELAYS = {"birth": ("birth_in_time_days", "birth_late_days"),
          "death": ("death_in_time_days", "death_late_days"),
          "marriage": ("marriage_in_time_days", "marriage_late_days")}


def delay_limits(rule_set, kind):
    return tuple(getattr(rule_set, name) for name in DELAYS[kind])
