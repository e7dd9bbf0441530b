"""Defaults of options, from the tables `[options]` and `[options.VERB]` of `shuangjian.toml`.

The file is the nearest one upward of the working directory, which may be a rule pack, too. What
the command line gives wins.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shuangjian_cli.commands import VERBS
from shuangjian_cli.commands.messages import close_to
from shuangjian_cli.language.messages import _

if TYPE_CHECKING:
    from pathlib import Path

    from shuangjian_cli.tag.lines import Lines

TABLE = "options"


class DefaultsError(Exception):
    """Defaults that cannot be used: where, and what is wrong."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message


def _raised(error: DefaultsError) -> None:
    raise error


class Defaults:
    """What a file says of options; `lines` tells where."""

    __slots__ = ("file", "lines", "options")

    def __init__(self, file: str, options: Mapping[str, Any], lines: "Lines") -> None:
        self.file = file
        self.options = options
        self.lines = lines

    def of(self, verb: str, name: str) -> object:
        """The value of an option for a verb, None where the file has none."""
        for table in (self._own(verb), self.options):
            if name in table and not isinstance(table[name], dict):
                return table[name]
        return None

    def mapped(
        self,
        verb: str,
        params: Sequence[Any],
        known: Callable[[], set[str]],
        refuse: Callable[[DefaultsError], None] = _raised,
    ) -> dict[str, Any]:
        """The defaults of a verb's parameters. `known` gives the options that any verb has.

        What is no option, and a value of another kind, is handed to `refuse`, which raises it.
        """
        named = {word(param): param for param in params}
        out: dict[str, Any] = {}
        for table, key, value in self._said(verb):
            name = key.replace("_", "-")
            if name in named:
                param = named[name]
                if not _fits(param, value):
                    message = _("`{key}` cannot be {value}", key=key, value=repr(value))
                    refuse(self.error(table, key, message))
                many = param.multiple and not isinstance(value, list)
                out[param.name] = [value] if many else value
            elif table is not self.options:
                message = _("{verb} has no option `{key}`", verb=verb, key=key)
                refuse(self.error(table, key, message + close_to(name, named)))
            elif name not in (every := known()):
                message = _("no verb has an option `{key}`", key=key)
                refuse(self.error(table, key, message + close_to(name, every)))
        return out

    def error(self, table: Mapping[str, Any], key: str, message: str) -> DefaultsError:
        """What is wrong with a key, with its line."""
        return DefaultsError(self.file, self.lines.of(table, key), message)

    def refused(self, verb: str, name: str, message: str) -> DefaultsError:
        """What is wrong with the default of a parameter, with its line."""
        for table in (self._own(verb), self.options):
            for key in table:
                if key.replace("-", "_") == name:
                    return self.error(table, key, message)
        return DefaultsError(self.file, 1, message)

    def _own(self, verb: str) -> Mapping[str, Any]:
        own = self.options.get(verb, {})
        return own if isinstance(own, dict) else {}

    def _said(self, verb: str) -> Iterator[tuple[Mapping[str, Any], str, Any]]:
        """The keys of all verbs, then those of one verb, each with its table."""
        for key, value in self.options.items():
            if key in VERBS and isinstance(value, dict):
                continue
            if isinstance(value, dict):
                raise self.error(
                    self.options, key, _("no verb `{key}`", key=key) + close_to(key, VERBS)
                )
            yield self.options, key, value
        own = self._own(verb)
        yield from ((own, key, value) for key, value in own.items())


def read() -> Defaults | None:
    """The defaults of the nearest `shuangjian.toml`, None where there are none.

    Raises DefaultsError for a file that cannot be read or is no TOML.
    """
    from shuangjian_cli.tag.pack import discover

    found = discover(".")
    return None if found is None else read_file(found)


def read_file(file: "Path") -> Defaults | None:
    """The defaults that a file holds, as `read`."""
    from shuangjian_cli.tag.pack.reader import read_pack

    pack, problems = read_pack(file)
    if not pack.data:
        for name, line, message, mend in problems:
            raise DefaultsError(name, line, f"{message}{_('; ')}{mend}")
    options = pack.data.get(TABLE)
    if options is None:
        return None
    if not isinstance(options, dict):
        mend = _("write [{key}]", key=TABLE)
        raise DefaultsError(
            str(file),
            pack.lines.of(pack.data, TABLE),
            f"{_('`{key}` is no table', key=TABLE)}{_('; ')}{mend}",
        )
    return Defaults(str(file), options, pack.lines)


def faults(file: "Path", verbs: Mapping[str, Any]) -> Iterator[DefaultsError]:
    """What is wrong with the defaults that a file holds, each place once; `verbs` are the commands
    by their names."""
    options = {
        verb: [param for param in verbs[verb].params if param.param_type_name == "option"]
        for verb in VERBS
    }
    every = {word(param) for params in options.values() for param in params}
    found: dict[int, DefaultsError] = {}

    def keep(error: DefaultsError) -> None:
        found.setdefault(error.line, error)

    try:
        if defaults := read_file(file):
            for verb in VERBS:
                defaults.mapped(verb, options[verb], lambda: every, keep)
    except DefaultsError as error:
        keep(error)
    yield from found.values()


def word(param: Any) -> str:
    """An option as it is written, without dashes."""
    longest = max(param.opts, key=len)
    return str(longest).lstrip("-")


def _fits(param: Any, value: object) -> bool:
    """Whether a value is of the kind that an option takes."""
    if param.is_flag:
        return isinstance(value, bool)
    if isinstance(value, list):
        return bool(param.multiple) and all(isinstance(each, str) for each in value)
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)
