"""Keys remapped by action id: what a settings file asks for, checked, laid over the table."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tui.state.actions import ACTIONS, Action
from tui.state.keys import (
    MODIFIERS,
    NAMED,
    PUNCTUATION,
    bound_keys,
    character_name,
    key_label,
)
from tui.words.command_line import line_text
from tui.words.settings import suggestion


class KeyNameError(ValueError):
    """Not the name of a key; its text is one line for a person."""


def key_name(text: str) -> str:
    """Textual's name of a key written as its character (`?`), name (`f5`) or both (`ctrl+x`).

    Raises KeyNameError.
    """
    *modifiers, key = [text] if len(text) == 1 else text.split("+")
    if len(key) == 1:
        key = "space" if key == " " else character_name(key)
    known = (*PUNCTUATION, *NAMED)
    if key not in known and not (len(key) == 1 and key.isalnum()):
        hint = suggestion(key, known)
        raise KeyNameError(line_text("no_key", text=text, hint=hint))
    for modifier in modifiers:
        if modifier not in MODIFIERS:
            raise KeyNameError(line_text("no_modifier", text=text, allowed=", ".join(MODIFIERS)))
    return "+".join((*modifiers, key))


def remapped(
    wanted: Mapping[str, object], actions: tuple[Action, ...] = ACTIONS
) -> tuple[tuple[Action, ...], list[str]]:
    """The table with other keys, and a sentence for each entry that cannot be.

    An entry is an action's id with a key or a list of keys, the first one shown. Where two
    actions would have the same key, those of them that were remapped keep their default.
    """
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    ids = [action.id for action in actions]
    for name, value in wanted.items():
        if name not in ids:
            hint = suggestion(name, ids)
            problems.append(line_text("keymap_no_action", name=name, hint=hint))
            continue
        try:
            keys[name] = _keys_of(value)
        except KeyNameError as error:
            problems.append(line_text("keymap_entry", name=name, why=error))
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


def _keys_of(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    names = [item for item in values if isinstance(item, str) and item]
    if not names or len(names) < len(values):
        raise KeyNameError(line_text("not_a_key", value=value))
    return tuple(dict.fromkeys(key_name(item) for item in names))


def _first_clash(actions: Iterable[Action]) -> tuple[str, Action, Action] | None:
    holders: dict[str, Action] = {}
    for action in actions:
        for key in bound_keys(action.keys):
            if key in holders:
                return key, holders[key], action
            holders[key] = action
    return None


def textual_keymap(actions: Iterable[Action]) -> dict[str, str]:
    """The table's keys, full-width twins included, as Textual's App.set_keymap takes them."""
    return {action.id: ",".join(bound_keys(action.keys)) for action in actions}
