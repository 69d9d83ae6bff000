"""Databases that a test asks for again and again, kept once the same acts were done.

Walking a ticket by real acts is what most of the suite's time goes into. Where nothing but the
same steps was written since the fresh database, what the steps led to is brought back instead.
"""

import hashlib
import shutil
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

import pytest
from sqlalchemy import inspect

from extensions import Model, db, is_writing
from issues.ground import clock
from issues.queries.ground import remembered

MOST = 192
"""Databases kept at a time: those of one file of tests and the few that every file asks for."""


class Patch(pytest.MonkeyPatch):
    """What is patched may change what a step does: from then on nothing is brought back."""

    is_touched = False
    """By the one test that runs."""

    def __getattribute__(self, name):
        if not name.startswith("_") and name != "undo":
            Patch.is_touched = True
        return super().__getattribute__(name)


def patching():
    """The monkeypatch of the tests: everything as it was at the end, as with the library's own."""
    made = Patch()
    yield made
    made.undo()
    Patch.is_touched = False


class Shelf:
    """Of one place. `known` names what the database in use holds; None once a test wrote itself."""

    def __init__(self, place):
        self.place = place
        self.known = self.mark = None
        self.kept, self.dear = OrderedDict(), set()

    def begin(self, template):
        """The database in use is a fresh copy of a template, or has no table at all."""
        for figures in (remembered.FIGURES, remembered.DAYS):
            figures.cache.clear()
        self.known = template
        self.mark = template and self._mark()

    def of(self, step, build, *, is_dear=False, onward=None, before=()):
        """What `build` gives: a row and what is to be remembered with it.

        `step` holds all that decides what it writes. What is dear is kept to the end. Steps
        `before` it lead where `onward` goes on from, the nearest first: it is given what was kept.
        """
        known, self.known = self.known, None
        key = _key(known, step)
        is_plain = known is not None and key is not None and not is_writing()
        if not is_plain or Patch.is_touched or self._mark() != self.mark:
            return build()
        if key in self.kept:
            found = self._bring(key)
        else:
            nearer = (one for one in (_key(known, less) for less in before) if one in self.kept)
            begun = next(nearer, None)
            found = onward(*self._bring(begun)) if begun else build()
            if self._mark() == self.mark:  # nothing of it is committed
                return found
            self._keep(key, *found)
            if is_dear:
                self.dear.add(key)
        self.known, self.mark = key, self._mark()
        return found

    def _keep(self, key, row, *beside):
        while len(self.kept) - len(self.dear) >= MOST:
            oldest = next(one for one in self.kept if one not in self.dear)
            del self.kept[oldest]
            self.place.databases.drop(oldest)
            shutil.rmtree(self._files(oldest), ignore_errors=True)
        self.kept[key] = (type(row), inspect(row).identity, beside)
        self.place.databases.keep(key)
        _copy_files(self.place.evidence, self._files(key))

    def _bring(self, key):
        self._leave()
        if self.place.databases.copy(key):
            db.engine.dispose()
        shutil.rmtree(self.place.evidence, ignore_errors=True)
        _copy_files(self._files(key), self.place.evidence)
        self.kept.move_to_end(key)
        kind, identity, beside = self.kept[key]
        return db.session.get(kind, identity), *beside

    def _leave(self):
        """Close every connection; rows a test holds stay in the session and are read again."""
        db.session.rollback()
        self.place.databases.leave(db.engine)

    def _mark(self):
        return self.place.databases.mark()

    def _files(self, key):
        return self.place.folder / "kept" / key


def _key(known, step):
    """The name under which is kept what the step leads to; None for what cannot be spelt."""
    told = spelt((known, clock.today(), step))
    return told and hashlib.sha256(told.encode()).hexdigest()[:24]


def _copy_files(source, target):
    """A ticket without evidence has no folder."""
    if source.exists():
        shutil.copytree(source, target)


PLAIN = (str, bytes, int, float, bool, Decimal, date, datetime, Enum, type(None))


def spelt(value):
    """The value in letters, the same for equal values; None for what cannot be spelt, as a file."""
    if isinstance(value, PLAIN):
        return f"{type(value).__name__} {value!r}"
    if isinstance(value, Model):
        return f"{type(value).__name__} {value.id}" if value.id else None
    if isinstance(value, Mapping):
        value = tuple(value.items())
    if not isinstance(value, list | tuple):
        return None
    parts = [spelt(part) for part in value]
    return None if None in parts else f"({', '.join(parts)})"
