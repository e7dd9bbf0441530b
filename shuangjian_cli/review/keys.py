"""Single keys and edited lines of a terminal, by prompt_toolkit.

It was taken before textual since it needs nothing of the screen but one line: it works in any
terminal of any size, over ssh and in a pty, and brings one small package with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager

# Asks the terminal nothing that some terminals never answer; read when a terminal is opened.
os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl

ENTER, STOP = "enter", "stop"


def held() -> AbstractContextManager[None]:
    """Keeps the terminal from interpreting keys between two questions, so that none typed ahead is
    lost."""
    return create_input().raw_mode()


def key() -> str:
    """The next key: a character, `enter`, or `stop` for Ctrl-C, Ctrl-D and a terminal that is gone."""
    bindings = KeyBindings()

    @bindings.add("<any>")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=event.data)

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=ENTER)

    @bindings.add("c-c")
    @bindings.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=STOP)

    window = Window(FormattedTextControl("> ", show_cursor=True), height=1)
    app: Application[str] = Application(
        layout=Layout(window), key_bindings=bindings, erase_when_done=True
    )
    try:
        return app.run()
    except (EOFError, OSError):
        return STOP


def line(asked: str, default: str = "", known: Iterable[str] = ()) -> str | None:
    """A line that is typed after a question, None where that was broken off with Ctrl-C.

    `known` are words that Tab completes.
    """
    completer = WordCompleter(list(known), sentence=True, match_middle=True) if known else None
    session: PromptSession[str] = PromptSession(
        f"{asked} ", completer=completer, complete_while_typing=False, reserve_space_for_menu=4
    )
    try:
        return session.prompt(default=default).strip()
    except (KeyboardInterrupt, EOFError):
        return None
