"""Chooses the hour at which somebody is most likely to pick up, and says how sure that is.

Each hour has a share of answered calls, smoothed by what people of the same segment do. Of hours that are equally good
one is drawn: the seed of `random` comes from the campaign, so that the same person gets the same hour in every run.
"""

import random
from collections import Counter
from decimal import Decimal

HOURS = range(9, 21)
HABITS = {
    "employed": {hour: 3 if hour >= 17 else 1 for hour in HOURS},
    "retired": {hour: 3 if hour < 13 else 1 for hour in HOURS},
    "student": {hour: 3 if 11 <= hour < 13 else 1 for hour in HOURS},
}


def hours(text):
    """How often each hour of the day stands in a list of them; what is no hour is passed over."""
    return Counter(int(word) for word in (text or "").split() if word.isdigit() and int(word) in HOURS)


answered = hours(participant["answered"])
missed = hours(participant["missed"])
habit = HABITS[participant["segment"]]


def chance(hour):
    return Decimal(habit[hour] + 4 * answered[hour]) / Decimal(8 + 4 * (answered[hour] + missed[hour]))


best = max(chance(hour) for hour in HOURS)
writes["hour"] = random.choice([hour for hour in HOURS if chance(hour) == best])
writes["confidence"] = min(best, Decimal(1))
