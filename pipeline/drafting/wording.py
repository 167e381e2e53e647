"""Sentences of a guideline made from values: one duty each, with an owner as its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.codebooks import HarmonisedRequirement
from pipeline.drafting.flow import Sentence, flow
from pipeline.drafting.inflection import (
    common_words,
    indefinite,
    say_deadline,
    say_frequency,
    say_length,
    say_number,
)
from pipeline.drafting.naming import (
    current_role,
    is_act,
    is_kind,
    is_role,
    is_time,
    name_act,
    name_documents,
    name_kind,
    name_role,
    name_title,
)
from pipeline.drafting.templates import Wording
from pipeline.wording import capitalise, join_words

FORBIDDING = ("must_not", "should_not")

LIST_FROM = 4
"""From so many things on a sentence becomes a lead-in with a list."""

ACTS_TOGETHER = 3
"""Acts that one sentence names at most."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is to be said to one harmonised requirement; `told` are the kinds (`by_source`) that its sources tell of."""

    tokens: tuple[str, ...]
    modality: str
    answer: str = "stated"
    owner: str = ""
    document: str = ""
    told: tuple[str, ...] = ()


def word_rule(entry: HarmonisedRequirement, rule: Rule, wording: Wording, *, on: date) -> tuple[Sentence, ...]:
    """The sentences that say a rule, as one text, with the values of each; in none is what there are no words for.

    Args:
        entry: The harmonised requirement.
        rule: Values in the normal form of cells, modality, and owner as canonical role (empty for the wording's own).
        wording: The wording of the codebook.
        on: The day on which the acts that are named must be in force.
    """
    rule_in_words = _Wording(entry, rule, wording, on)
    return flow(rule_in_words.sentences(), rule_in_words.owner)


def owner_of(entry: HarmonisedRequirement, rule: Rule, wording: Wording) -> tuple[str, bool]:
    """Who is bound, in the form of a subject, and whether the material says so (else it is the wording's proposal)."""
    said = wording.requirements[entry.id]
    if said.owner_from_value:
        roles = [t for t in rule.tokens if not _is_member(entry, t) and is_role(t)]
        if roles:
            return join_words([name_role(r) for r in roles]), True
    return (name_role(rule.owner), True) if rule.owner else (said.owner or wording.owner, False)


class _Wording:
    """A rule while it is put into words."""

    def __init__(self, entry: HarmonisedRequirement, rule: Rule, wording: Wording, on: date) -> None:
        self.entry, self.rule, self.said, self.on = entry, rule, wording.requirements[entry.id], on
        self.owner, _ = owner_of(entry, rule, wording)
        self.left = [t for t in rule.tokens if t != "duty"]
        self._said_with_role: tuple[str, ...] = ()

    def sentences(self) -> list[Sentence]:
        """Every sentence; the plain duty where no value says more."""
        if self.rule.answer == "stated_negatively":
            return [self._say(self.said.exemption or "{Owner} behöver inte göra detta.", tuple(self.left))]
        delegated = self._delegated()
        if delegated is not None:
            return [delegated]
        found = [*self._by_source(), *self._together(), *self._by_kind(), *self._members(), *self._each()]
        owners = (
            self._take(lambda t: is_role(t) and not _is_member(self.entry, t)) if self.said.owner_from_value else []
        )
        found += self._roles()
        if owners and self.said.by_owner:
            found.insert(0, self._say(self.said.by_owner, ()))
        elif not found or self.said.always_duty:
            found[:0] = self._plain_by_each(owners)
        # Who is bound is said by the subject of the first sentence.
        return [replace(found[0], tokens=(*owners, *found[0].tokens)), *found[1:]]

    def _plain_by_each(self, owners: Sequence[str]) -> list[Sentence]:
        """The plain duty, once for each who has it: a sentence says one duty of one owner."""
        if len(owners) < 2:
            return [self._plain()]
        told = []
        for owner in owners:
            self.owner = name_role(owner)
            told.append(self._plain())
        return told

    def _plain(self) -> Sentence:
        said = self.said
        if self.rule.modality in FORBIDDING and said.prohibition:
            return replace(self._say(said.prohibition, ()), form="prohibition")
        if self.rule.modality == "may" and said.permission:
            return replace(self._say(said.permission, ()), form="permission")
        return replace(self._say(said.duty, ()), form="duty")

    def _delegated(self) -> Sentence | None:
        """The duty, with the document that says how; a rule of which no document is known is a plain duty."""
        if self.rule.answer != "delegated" or not self.rule.document:
            return None
        form = self.said.delegated or f"{self.said.duty.removesuffix('.')} {common_words()['delegated']}"
        return self._say(form, (), document=name_documents(self.rule.document))

    def _by_kind(self) -> list[Sentence]:
        """Values that have their own way of being said: times, counts, acts, kinds of keeping, kinds of content."""
        said, found = self.said, []
        if said.time:
            times = self._take(is_time)
            say = say_frequency if said.frequency else say_deadline
            found += [self._say(said.time, (t,), time=say(t)) for t in times]
        if said.count:
            for token in self._take(str.isdigit):
                form = said.count_one if token == "1" and said.count_one else said.count  # noqa: S105
                found.append(self._say(form, (token,), count=say_number(int(token))))
        if said.keeping:
            keep = common_words()["keeping"]
            for token in self._take(lambda t: t.split(" ")[0] in keep):
                kind, _, period = token.partition(" ")
                length = f"{keep[kind]['period']} {say_length(period)}" if period else ""
                found.append(self._say(said.keeping, (token,), keep=keep[kind]["do"], period=length))
        if said.prohibited:
            kinds = common_words()["prohibited_content"]
            taken = sorted(self._take(kinds.__contains__), key=list(kinds).index)
            found += self._list(said.list, taken, kinds.__getitem__)
        if said.acts:
            found += self._acts()
        if said.documents:
            titles = self._take(lambda t: not _is_member(self.entry, t))
            form = said.several if said.several and len(titles) > 1 else said.value
            by_kind = bool(said.by_kind) and all(is_kind(t) for t in titles)
            found += self._list(said.by_kind if by_kind else form, titles, name_kind if by_kind else name_title)
        return found

    def _by_source(self) -> list[Sentence]:
        """What the sources of a rule without values are about, by their own words."""
        form = "prohibition" if self.rule.modality in FORBIDDING else "duty"
        forms = [getattr(self.said.by_source[kind], form) for kind in self.rule.told if kind in self.said.by_source]
        return [replace(self._say(said, ()), form=form) for said in forms if said]

    def _together(self) -> list[Sentence]:
        """One sentence for values that would contradict each other: consent, and that nothing is published."""
        fitting = [pair for pair in self.said.together if pair.values <= set(self.left)]
        return [self._say(p.say, tuple(sorted(self._take(p.values.__contains__)))) for p in fitting]

    def _acts(self) -> list[Sentence]:
        """A few acts a sentence: a list under a lead-in reads as what is named, not as what must be followed."""
        named: dict[str, list[str]] = {}
        for token in self._take(is_act):
            named.setdefault(name_act(token, self.on), []).append(token)
        # An act that is about one thing stands by itself: beside others it would seem to be about them too.
        alone = [
            [name] for name in named if any(re.search(rf"[( ]{number}\b", name) for number in self.said.acts_alone)
        ]
        others = [name for name in named if [name] not in alone]
        groups = [others[at : at + ACTS_TOGETHER] for at in range(0, len(others), ACTS_TOGETHER)] + alone
        return [
            self._say(self.said.acts, tuple(t for name in group for t in named[name]), acts=join_words(group))
            for group in groups
        ]

    def _members(self) -> list[Sentence]:
        members = self.said.members
        order = list(members)
        taken = sorted(self._take(members.__contains__), key=order.index)
        return self._list(self.said.value, taken, members.__getitem__)

    def _list(self, form: str, tokens: Sequence[str], say: object) -> list[Sentence]:
        """One sentence that names all, or a lead-in with a list where they are many."""
        if not tokens:
            return []
        words = list(dict.fromkeys(say(t) for t in tokens))  # type: ignore[operator]
        if "{value}" not in form:
            return [self._say(form, tuple(tokens), items=tuple(words))]
        if len(words) >= LIST_FROM and not self.said.inline:
            # Only what the sentence ends with can be made a list.
            lead, _, tail = form.partition("{value}")
            if tail == ".":
                return [self._say(f"{lead.rstrip()}:", tuple(tokens), items=tuple(words))]
        # "inlägg som leder till handläggning samt klagomål och synpunkter": what is joined already is one of the list.
        double = self.said.join == "och" and any(" och " in word for word in words)
        return [self._say(form, tuple(tokens), value=join_words(words, "samt" if double else self.said.join))]

    def _each(self) -> list[Sentence]:
        if any(is_role(t) and not _is_member(self.entry, t) for t in self.left):
            # "Hand in to the registrar" says that it is handed in.
            self._said_with_role = tuple(self._take(lambda t: t == self.said.role_instead_of))
        return [self._say(self.said.each[t], (t,)) for t in self._take(self.said.each.__contains__)]

    def _roles(self) -> list[Sentence]:
        if not self.said.role and not self.said.role_in:
            return []
        roles = self._take(is_role)
        if not roles:
            return []
        if self.said.unit:
            return [self._say_responsible(role) for role in roles]
        named = join_words([name_role(r) for r in roles], "eller")
        return [self._say(self.said.role or self.said.duty, (*self._said_with_role, *roles), role=named)]

    def _say_responsible(self, role: str) -> Sentence:
        """A person is appointed, a unit is responsible as it stands."""
        from pipeline.swedish.roles import find_roles

        found = find_roles(role)
        if found and found[0].group != "role":
            return self._say(self.said.unit, (role,), role=name_role(role))
        return self._say(self.said.role, (role,), role=indefinite(current_role(role)))

    def _take(self, fits: object) -> list[str]:
        """The tokens that fit, taken out of what is left to be said."""
        taken = [t for t in self.left if fits(t)]  # type: ignore[operator]
        self.left = [t for t in self.left if t not in taken]
        return taken

    def _say(self, form: str, tokens: tuple[str, ...], *, items: tuple[str, ...] = (), **values: str) -> Sentence:
        modals = common_words()["modals"]
        modality = self.rule.modality if self.rule.modality in modals["duty"] else "must"
        fields = {
            "owner": self.owner,
            "ska": modals["duty"][modality],
            "får_inte": modals["prohibition"][modality],
            "får": modals["power"][modality],
            **values,
        }
        text = re.sub(r"\[([^\]]*)\]", lambda m: m[1] if _filled(m[1], fields) else "", form)
        for name, value in fields.items():
            text = text.replace(f"{{{name}}}", value).replace(f"{{{capitalise(name)}}}", capitalise(value))
        return Sentence(text, tokens, items)


def _filled(part: str, fields: dict[str, str]) -> bool:
    return all(fields.get(name) for name in re.findall(r"\{(\w+)\}", part))


def _is_member(entry: HarmonisedRequirement, token: str) -> bool:
    return any(m.id == token for m in entry.members)
