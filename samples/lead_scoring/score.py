"""Scores a lead from 0 to 100, in steps of five, and says why in a few words."""

WORTH = {"pricing": 20, "api": 10, "security": 10, "careers": -15}

employees = participant["employees"] or 0
visits = participant["visits"] or 0
budget = participant["budget"] or 0
pages = set((participant["pages"] or "").lower().split())

points = {
    "size": min(25, employees // 20),
    "visits": min(25, visits * 3),
    "pages": sum(WORTH.get(page, 0) for page in pages),
    "budget": 30 if budget >= 20_000 else 15 if budget >= 5_000 else 0,
    "country": 5 if profile["country"] in ("DE", "ES", "PT") else 0,
}

score = max(0, min(100, sum(points.values())))
writes["score"] = score - score % 5
writes["reason"] = ", ".join(name for name, value in points.items() if value >= 10) or "nothing that stands out"
