"""Keys remapped by action id: what a settings file asks for, checked, laid over the table."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tui.config.toml import told
from tui.state.actions import ACTIONS, BY_ID, Action
from tui.state.keys import (
    MODIFIERS,
    NAMED,
    PUNCTUATION,
    ascii_twin,
    character_name,
    key_label,
)
from tui.state.log_actions import LOG_ACTIONS
from tui.words.command_line import line_text
from tui.words.settings import suggestion


class KeyNameError(ValueError):
    """Not the name of a key; its text is one line for a person."""


MAX_KEYS = 10
"""An action can have so many keys."""

ALWAYS = {"quit_now": BY_ID["quit_now"].keys}
"""Keys that an action keeps beside its new ones: there is always a way out."""


def key_name(text: str) -> str:
    """Textual's name of a key written as its character (`?`), name (`f5`) or both (`ctrl+x`).

    Raises KeyNameError.
    """
    *modifiers, key = [text] if len(text) == 1 else text.split("+")
    key = ascii_twin(key)
    if len(key) == 1:
        key = "space" if key == " " else character_name(key)
    known = (*PUNCTUATION, *NAMED)
    if key not in known and not (len(key) == 1 and key.isalnum()):
        hint = suggestion(key, known)
        raise KeyNameError(line_text("no_key", text=text, hint=hint))
    for modifier in modifiers:
        if modifier not in MODIFIERS:
            raise KeyNameError(line_text("no_modifier", text=text, allowed=", ".join(MODIFIERS)))
    if modifiers == ["shift"] and len(key) == 1:
        raise KeyNameError(line_text("shifted", text=text, character=key.upper()))
    # terminals tell modifiers in this order, and letters beside them as small ones
    return "+".join((*sorted(set(modifiers)), key.lower() if modifiers else key))


def remapped(
    wanted: Mapping[str, object],
    actions: tuple[Action, ...] = ACTIONS,
    others: tuple[Action, ...] = LOG_ACTIONS,
) -> tuple[tuple[Action, ...], list[str]]:
    """The table with other keys, and a sentence for each entry that cannot be.

    An entry is an action's id with a key or a list of keys, the first one shown. Where two
    actions would have the same key, those of them that were remapped keep their default. `others`
    are actions of another table.
    """
    keys: dict[str, tuple[str, ...]] = {}
    ids = [action.id for action in actions]
    problems: list[str] = []
    for name in (name for name in ids if name in wanted):
        try:
            keys[name] = _keys_of(wanted[name], ALWAYS.get(name, ()))
        except KeyNameError as error:
            problems.append(line_text("keymap_entry", name=name, why=error))
    known = [*ids, *(action.id for action in others if action.id not in ids)]
    unknown = [name for name in wanted if name not in known]
    problems += told(unknown, lambda name: _unknown(name, known))
    while True:
        table = tuple(replace(a, keys=keys.get(a.id, a.keys)) for a in actions)
        clash = _first_clash(table)
        if clash is None:
            return table, problems
        key, first, second = clash
        back = [action.id for action in (first, second) if action.id in keys]
        for name in back:
            del keys[name]
        code = "keymap_clash" if len(back) == 1 else "keymap_clash_of_two"
        names = {"key": key_label(key), "first": first.id, "second": second.id, "kept": back[0]}
        problems.append(line_text(code, **names))


def _unknown(name: str, ids: list[str]) -> str:
    return line_text("keymap_no_action", name=name, hint=suggestion(name, ids))


def _keys_of(value: object, always: tuple[str, ...]) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    names = [item for item in values[: MAX_KEYS + 1] if isinstance(item, str) and item]
    if not 0 < len(values) == len(names) <= MAX_KEYS:
        raise KeyNameError(line_text("not_a_key", value=value, most=MAX_KEYS))
    return tuple(dict.fromkeys((*map(key_name, names), *always)))


def _first_clash(actions: Iterable[Action]) -> tuple[str, Action, Action] | None:
    holders: dict[str, Action] = {}
    for action in actions:
        for key in action.keys:
            if key in holders:
                return key, holders[key], action
            holders[key] = action
    return None


def textual_keymap(actions: Iterable[Action]) -> dict[str, str]:
    """The table's keys as Textual's App.set_keymap takes them."""
    return {action.id: ",".join(action.keys) for action in actions}
