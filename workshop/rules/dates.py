"""Reads dates as people write them (docs/rules.md section 2)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

_MONTHS: tuple[tuple[str, ...], ...] = (
    ("januar", "january", "jan"),
    ("februar", "february", "feb"),
    ("marts", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
#: a longer text is not read as a date: the patterns take quadratic time in a run of thousands of spaces
MOST_LETTERS = 200
MONTH_NUMBER: dict[str, int] = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_MONTH = r"(?P<month_name>" + "|".join(sorted(MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_LONG_YEAR = r"(?P<year>\d{4})"
_YEAR = r"(?P<year>\d{4}|['’]?\d\d)"
_OF_YEAR = rf"(?:\s+(?:i|af|of|in)|,)?[\s/-]*{_LONG_YEAR}"
_ORDER = {
    "1": 1,
    "første": 1,
    "first": 1,
    "1st": 1,
    "2": 2,
    "andet": 2,
    "anden": 2,
    "second": 2,
    "2nd": 2,
    "3": 3,
    "tredje": 3,
    "third": 3,
    "3rd": 3,
    "4": 4,
    "fjerde": 4,
    "fourth": 4,
    "4th": 4,
}
_NTH = "|".join(sorted(_ORDER, key=len, reverse=True))
_PLACES = {
    "end": r"ultimo|(?:inden |ved |senest ved |til )?(?:udgangen|slutningen) af|(?:by )?(?:the )?end of",
    "start": r"primo|(?:i |ved )?(?:begyndelsen|starten) af|(?:at |by )?(?:the )?(?:beginning|start) of",
    "middle": r"medio|(?:i |ved )?midten af|(?:the )?middle of|mid",
}
_PLACE = "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _PLACES.items()) + r")[\s-]+"

#: forms of a day, and of a period: a week, a month, a quarter, half a year; a year is read only where its start or end is named
_DAYS = (
    rf"{_LONG_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?{_MONTH},?\s*{_YEAR}",
    rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_LONG_YEAR}",
    rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:\s*[-/]\s*|\s+){_YEAR}",
    rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
    rf"(?P<day>\d{{1,2}})-(?P<month>\d{{1,2}})-{_YEAR}",
)
_PERIODS = (
    rf"(?:uge|week)\s+(?:\d{{1,2}}\s*-\s*)?(?P<week>\d{{1,2}}){_OF_YEAR}",
    rf"{_LONG_YEAR}-W(?P<week>\d\d)",
    rf"[QK](?P<quarter>[1-4])[ /-]?{_LONG_YEAR}",
    rf"{_LONG_YEAR}[ /-]?[QK](?P<quarter>[1-4])",
    rf"(?P<quarter>{_NTH})\.?\s?(?:kvartal|kvt\.?|kv\.?|quarter){_OF_YEAR}",
    rf"H(?P<half>[12])[ /-]?{_LONG_YEAR}",
    rf"{_LONG_YEAR}[ /-]?H(?P<half>[12])",
    rf"(?P<half>{_NTH})\.?[\s-]?(?:halvår|half)(?:\s+year)?{_OF_YEAR}",
    rf"{_MONTH}{_OF_YEAR}",
    rf"{_LONG_YEAR}-(?P<month>\d\d)",
    rf"(?P<month>\d{{1,2}})[/-]{_LONG_YEAR}",
)
_WITHOUT_YEAR = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?{_MONTH}",
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})",
    r"(?:uge|week)\s+(?:\d{1,2}\s*-\s*)?(?P<week>\d{1,2})",
)


def _forms(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w/.-]){form}(?![\w/-])", re.IGNORECASE) for form in forms)


_WHOLE = _forms(*_DAYS, *(_PLACE + form for form in _PERIODS), *_PERIODS, _PLACE + _LONG_YEAR)
_OPEN = _forms(*_WITHOUT_YEAR)
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-") | dict.fromkeys("\u00a0\u202f\u2009", " "))
_BEFORE_A_DATE = re.compile(
    r"^(?:(?:senest|inden|pr\.?|til|by|no later than|on|at the latest)\s+)?(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:(?:den|d\.|the|i|in|ved)\s+)?",
    re.IGNORECASE,
)
_BEFORE_ITS_END = re.compile(r"^(?:inden|til|by)\b", re.IGNORECASE)
_AFTER_A_DATE = re.compile(r",?\s+kl\.?\s*\d{1,2}(?:[.:]\d\d)?$", re.IGNORECASE)
_A_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th|\.)?\s*(?:of\s+)?$", re.IGNORECASE)
_YEARS = re.compile(
    r"\b(?:19|20)\d\d\s?-\s?(?:(?:19|20)\d\d|\d\d)\b(?!\s*%)"
    r"|\b(?:(?:i|in|inden|før|efter|siden|ved|senest|by|before|after|until|since|år|året|year|udgangen af|ultimo|primo|medio"
    r"|sommeren|foråret|efteråret|vinteren|summer|spring|autumn|winter|frem til|fra og med|til og med)\s+)(?:19|20)\d\d\b"
    r"|\((?:19|20)\d\d\)|\b(?:19|20)\d\d(?=\s*:)|\b(?:uge|week|kl\.?)\s*\d{1,2}(?:[.:]\d\d)?(?:\s?-\s?\d{1,2}(?:[.:]\d\d)?)?\b",
    re.IGNORECASE,
)


def parse_date(text: str, today: date | None = None) -> date | None:
    """Returns the date that `text` is, or None when it is not one ("inden sommer", "31. februar 2027", "2027").

    Reads ISO, "31. december 2027", "31. dec. 27", "December 31, 2027", "31/12-2027", "31/12-27", "31.12.27", with "senest",
    "inden" or a weekday before it. Day before month, as in Denmark; a year of two digits is of this century. A week, a
    month, a quarter or half a year is its last day ("uge 34 2027", "juni 2027", "3. kvartal 2027", "H1 2027"), and so is
    "ultimo" and "inden udgangen af"; "primo" is the first day, "medio" the fifteenth. "inden juni 2027" is no date: it may
    mean either end. Without a year it is the next such day from `today`; None where that is not given.
    """
    if len(text) > MOST_LETTERS:
        return None
    stripped = _AFTER_A_DATE.sub("", text.translate(_DASHES).strip().rstrip("."))
    bare = _BEFORE_A_DATE.sub("", stripped)
    for form in _WHOLE:
        found = form.fullmatch(stripped) or form.fullmatch(bare)
        if found:
            early = _BEFORE_ITS_END.match(stripped) and not found.groupdict().get("day") and not _place(found)
            return None if early else _as_date(found)
    for form in _OPEN if today else ():
        found = form.fullmatch(bare)
        if found and today and not (_BEFORE_ITS_END.match(stripped) and "week" in found.groupdict()):
            return next(
                (day for year in range(today.year, today.year + 9) if (day := _as_date(found, year)) and day >= today), None
            )
    return None


def find_date(text: str) -> date | None:
    """Returns the first date that stands somewhere in `text` ("ukendt, måles inden 1. maj 2027"), or None."""
    for found in _dates_in(text):
        day = _as_date(found)
        if day is not None:
            return day
    return None


def without_dates(text: str) -> str:
    """Returns the text with dates, years, weeks and times of day replaced by spaces, so that the numbers left are amounts."""
    text = text.translate(_DASHES)
    spans = [found.span() for found in _dates_in(text)] + [
        found.span() for form in _OPEN[::2] for found in form.finditer(text)
    ]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return _YEARS.sub(lambda found: " " * len(found[0]), text)


def as_day(value: object) -> date | None:
    """Returns the day in a field of a text: a date, or one written as people write them; None for anything else."""
    if isinstance(value, date):
        return value
    return parse_date(value) if isinstance(value, str) else None


def last_day_of_quarter(year: int, quarter: int) -> date:
    """Returns the last day of quarter 1..4 of a year: Q3 2027 is 30 September 2027."""
    return _month_end(year, 3 * quarter)


def days_after(day: date, days: int) -> date:
    """Returns the day so many days later; `date.max` where the calendar ends before."""
    return day + timedelta(days=min(days, (date.max - day).days))


def months_after(day: date, months: int) -> date:
    """Returns the same day so many months later; the last of that month where it is shorter, and `date.max` where the
    calendar ends before."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """Returns the same day some years later; 29 February becomes 28 February where the year has none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _dates_in(text: str) -> list[re.Match[str]]:
    """Returns everything in the text that has the form of a date, by its start; of several with one start the longest first."""
    text = text.translate(_DASHES)
    hits = [
        found
        for form in _WHOLE
        for found in form.finditer(text)
        if found.groupdict().get("day") or not _A_DAY_BEFORE.search(text[: found.start()])
    ]
    return sorted(hits, key=lambda found: (found.start(), -found.end()))


def _place(found: re.Match[str]) -> str:
    return next((name for name in _PLACES if found.groupdict().get(name)), "")


def _as_date(found: re.Match[str], year: int | None = None) -> date | None:
    """Returns the day that a match means, in the year it names or the one given; None where there is no such day."""
    parts = {name: value for name, value in found.groupdict().items() if value}
    if year is None:
        digits = parts["year"].lstrip("'’")
        year = int(digits) + (2000 if len(digits) == 2 else 0)
    try:
        if "day" in parts:
            return date(year, _month(parts), int(parts["day"]))
        first, last = _period(year, parts)
    except (ValueError, OverflowError):
        return None
    place = _place(found)
    return first if place == "start" else _middle(first, last) if place == "middle" else last


def _month(parts: dict[str, str]) -> int:
    return MONTH_NUMBER[parts["month_name"].lower()] if "month_name" in parts else int(parts["month"])


def _period(year: int, parts: dict[str, str]) -> tuple[date, date]:
    """Returns the first and last day of a week, a month, a quarter, half a year or a year. Raises `ValueError`."""
    if "week" in parts:
        first = date.fromisocalendar(year, int(parts["week"]), 1)
        return first, first + timedelta(days=6)
    if "quarter" in parts:
        quarter = _ORDER[parts["quarter"].lower()]
        return date(year, 3 * quarter - 2, 1), last_day_of_quarter(year, quarter)
    if "half" in parts:
        half = _ORDER[parts["half"].lower()]
        return date(year, 6 * half - 5, 1), _month_end(year, 6 * half)
    if "month" in parts or "month_name" in parts:
        return date(year, _month(parts), 1), _month_end(year, _month(parts))
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return date(year, month, monthrange(year, month)[1])


def _middle(first: date, last: date) -> date:
    """Returns the day that "medio" means: the fifteenth of a month, the day half way through anything longer."""
    return first.replace(day=15) if last - first < timedelta(days=31) else first + (last - first) / 2
