"""One correction: a line of JSON that says what a person decided of one figure.

`accept` vouches for a figure with all fields that `new` holds, `edit` gives one field another
value, `delete` says that there is no figure, `add` that the rules missed one, whose fields are
`new`. The document is named by the hash of its text, the figure by its offsets and words; the
words before and after find it again in a text that has changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from hashlib import sha256
from typing import Any, NamedTuple

from shuangjian_cli.language.messages import _
from shuangjian_cli.model import (
    AREA_LEVELS,
    BOUNDS,
    GROUPS,
    MEASURES,
    ROLES,
    STAGES,
    STATUSES,
    TRENDS,
    Indicator,
)
from shuangjian_cli.patterns import regex

ACTIONS = ("accept", "edit", "delete", "add")
FIELDS = (
    "value",
    "value_max",
    "unit",
    "bound",
    "role",
    "trend",
    "subject",
    "metric",
    "pillar",
    "stage",
    "groups",
    "measure",
    "province",
    "area",
    "area_code",
    "area_level",
    "period",
    "per_year",
    "status",
    "implied",
)
"""The fields of a record that a person may set, in their order there."""

AROUND = 24
"""How many characters before and after a figure a correction keeps."""

_CHOICES: Mapping[str, tuple[str | None, ...]] = {
    "bound": BOUNDS,
    "role": ROLES,
    "trend": (None, *TRENDS),
    "stage": (None, *STAGES),
    "measure": (None, *MEASURES),
    "area_level": (None, *AREA_LEVELS),
    "status": STATUSES,
}
_POINT = r"\d{4}(?:-\d\d){0,2}"
_PERIOD = regex(rf"(?:{_POINT}|\.\.)(?:/(?:{_POINT}|\.\.))?")
_WORDS = ("file", "before", "after", "who", "when", "confidence")
_KEYS = (
    *("document", "file", "start", "end", "figure", "before", "after"),
    *("action", "field", "old", "new", "who", "when", "confidence", "sample"),
)


class CorrectionError(Exception):
    """Corrections that cannot be used: the message names file and line, and says the mend."""


class Correction(NamedTuple):
    """One decision. `confidence` is what the rules had given the figure, `sample` whether it came
    up in the random sample of certain figures. `line` is its place in its file, 0 outside of one.
    """

    document: str
    file: str
    start: int
    end: int
    figure: str
    before: str
    after: str
    action: str
    field: str | None
    old: Any
    new: Any
    who: str
    when: str
    confidence: str | None
    sample: bool
    line: int = 0

    @property
    def key(self) -> tuple[str, int, int]:
        """The figure that it is about."""
        return self.document, self.start, self.end

    @property
    def rule(self) -> str:
        """What a record's `rules` name for a field that the person set."""
        return f"person.{self.who}" if self.who else "person"


def content_hash(text: str) -> str:
    """The SHA-256 of a text, by which its corrections know it; as the store has it."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def fields_of(record: Indicator) -> dict[str, Any]:
    """The fields of a record that a person vouches for."""
    values = {name: getattr(record, name) for name in FIELDS}
    values["groups"] = list(record.groups)
    return values


def line_of(correction: Correction) -> str:
    """The line of a file, without its end."""
    from shuangjian_cli.write.json import literal

    values = correction._asdict()
    del values["line"]
    if correction.action != "edit":
        del values["field"], values["old"]
    if correction.action == "delete":
        del values["new"]
    return literal(values)


def parse(line: str, where: str) -> Correction:
    """The correction of a line. Raises CorrectionError; `where` names its place in the message."""
    try:
        values = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise _fault(where, _("no line of JSON; mend or delete it")) from None
    if not isinstance(values, dict):
        raise _fault(where, _("no object in {}; mend or delete it"))
    for key in values:
        if key not in _KEYS:
            raise _fault(where, _("unknown key {key}{near}", key=repr(key), near=_near(key, _KEYS)))
    action = values.get("action")
    if action not in ACTIONS:
        raise _fault(
            where,
            _(
                "action is {action}; it is one of {known}",
                action=repr(action),
                known=", ".join(ACTIONS),
            ),
        )
    for key in ("document", "figure"):
        if not isinstance(values.get(key), str) or not values[key]:
            raise _fault(where, _("{key} must be words; take them from another line", key=key))
    for key in ("start", "end"):
        if type(values.get(key)) is not int:
            raise _fault(where, _("{key} must be a whole number, an offset in the text", key=key))
    if not 0 <= values["start"] < values["end"]:
        raise _fault(where, _("start and end enclose nothing; start is the smaller, from 0 on"))
    for key in _WORDS:
        if not isinstance(values.get(key, ""), str | None):
            raise _fault(where, _("{key} must be words in quotes", key=key))
    field = values.get("field")
    new: Any = values.get("new")
    if action == "edit":
        if field not in FIELDS:
            raise _fault(
                where,
                _("field is {field}{near}", field=repr(field), near=_near(str(field), FIELDS)),
            )
        if "new" not in values:
            raise _fault(where, _("an edit without new; say what the field is, or null"))
        new = _value(where, field, new)
    elif action in ("accept", "add"):
        if not isinstance(new, dict):
            raise _fault(where, _("new must be an object of the figure's fields"))
        new = {name: _value(where, name, value) for name, value in new.items()}
        for name in ("value", "subject") if action == "add" else ():
            if new.get(name) is None:
                raise _fault(where, _("an added figure without {name}; put it in new", name=name))
    return Correction(
        values["document"],
        values.get("file") or "",
        values["start"],
        values["end"],
        values["figure"],
        values.get("before") or "",
        values.get("after") or "",
        action,
        field,
        values.get("old"),
        new,
        values.get("who") or "",
        values.get("when") or "",
        values.get("confidence"),
        values.get("sample") is True,
    )


def value_of(field: str, value: Any) -> Any:
    """A field's value as records have it. Raises ValueError, which says what it must be."""
    if field in ("value", "value_max"):
        if value is None and field == "value_max":
            return None
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else None
        except ArithmeticError:
            number = None
        if number is None or not number.is_finite():
            raise ValueError(_("{field} must be a number", field=field))
        return number
    if field in ("per_year", "implied"):
        if not isinstance(value, bool):
            raise ValueError(_("{field} must be true or false", field=field))
        return value
    if field == "groups":
        if not isinstance(value, list | tuple) or not set(value) <= set(GROUPS):
            raise ValueError(_("groups must be a list of {known}", known=", ".join(GROUPS)))
        return tuple(value)
    if not isinstance(value, str | None):
        raise ValueError(_("{field} must be words in quotes or null", field=field))  # noqa: TRY004
    if field in _CHOICES and value not in _CHOICES[field]:
        known = [each or "null" for each in _CHOICES[field]]
        raise ValueError(_("{field} must be one of {known}", field=field, known=", ".join(known)))
    if field == "period" and value is not None and not _PERIOD.fullmatch(value):
        raise ValueError(_("period must be a year, month, day or interval, as 2023 or 2021/2025"))
    if field == "subject" and not value:
        raise ValueError(_("subject must be words"))
    return value or None


def _value(where: str, field: str, value: Any) -> Any:
    if field not in FIELDS:
        raise _fault(
            where, _("unknown field {field}{near}", field=repr(field), near=_near(field, FIELDS))
        )
    if field == "subject" and value == "":
        return ""  # as the rules leave it where they find none
    try:
        return value_of(field, value)
    except ValueError as error:
        raise _fault(where, _("{error}; it is {value}", error=error, value=repr(value))) from None


def _near(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    if near:
        return _("; did you mean {word}?", word=near[0])
    return _("; known are {words}", words=", ".join(known))


def _fault(where: str, message: str) -> CorrectionError:
    return CorrectionError(f"{where}: {message}")
