"""What the surroundings of a unit say of its norms: lead-ins, headings, kinds of section, the sentence before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.norm import TRAINED, Norm, is_looked_over, is_negated, words_of
from pipeline.extract.norms import find_norms
from pipeline.extract.subjects import Actor, actor_of, find_subject, group_of, uncapitalised
from pipeline.records.outline import Outline, Section, Unit
from pipeline.swedish.clauses import split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse
from pipeline.swedish.roles import find_roles

REVISING = ("följa", "tillämpa", "uppdatera", "revidera")
"""What is done to documents in the active too."""
SILENT_SECTIONS = frozenset({"cover", "contents", "boilerplate", "attachments", "signature", "decision"})
"""Kinds of section in which no rule is looked for."""

_RESPONSIBLE_HEADING = re.compile(r"(?i)ansvar|uppgift|roll|uppdrag|befogenhet")
DESCRIBING = frozenset({"purpose", "definitions"})
"""Kinds of section in which only what binds somebody by name is a rule."""
_DOER = re.compile(r"(?i)(?:den|de) som\b|(?:den|de) [\wåäö]+ansvariga?\b|[\wåäö]+ansvariga?\W*$")
LONGEST_DOER = 9
"""Words of a lead-in that only names who does what its items say."""
LONGEST_FOR_PUBLIC = 120
"""Units that rules for the public have at most; longer documents are for staff whatever they say to others."""
WORK_FOR_SIGN = 3
"""Words on somebody's work for each sign of the public, up to which a document may be for the public."""
FREQUENT = 3
"""How often a document must say "du" or "ni" for that to be how it speaks to its reader."""
_SPEAKING = re.compile(r"(?i)\b(kommunen|regionen|staden|förbundet|bolaget)s?\b")
_COMPANY = re.compile(r"\b[A-ZÅÄÖ][\w-]+ AB\b|\bAB [A-ZÅÄÖ]")
_WE_AT = re.compile(
    r"(?i)\bvi (?:på|i) (enheten|biblioteket|skolan|förskolan|museet|förvaltningen|kontoret|bolaget)\b(?! av)"
)
_OF_A_REGION = re.compile(r"\bRegion [A-ZÅÄÖ]")
_READER = re.compile(r"(?i)\b(du|ni|dig|er|din|ditt|dina|era)\b")


LEAD_STATE = "lead_state"
"""The rule of lead-ins whose items tell what must be the case: "För publicering krävs följande"."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What a lead-in gives its list: a modality, an actor, and whether it is open for verbs."""

    modality: str
    actor: Actor | None
    open: bool
    rule: str
    norm: Norm | None


def read_lead(parse: Parse) -> Lead | None:
    """What the words before a list ask of its items, None where they ask nothing ("Genom sociala medier kan vi")."""
    tokens = [t for t in parse.tokens if t.pos != "PUNCT"]
    if not tokens:
        return None
    norms = find_norms(parse)
    if not norms and heading_actor(parse.text.strip(" :*")) is not None:
        return Lead("must", heading_actor(parse.text.strip(" :*")), True, "lead_role", None)
    if not norms and _DOER.match(parse.text) and len(tokens) <= LONGEST_DOER:
        said = parse.text.strip(" :*")
        return Lead("must", Actor(uncapitalised(said), "staff"), True, "lead_role", None)
    if lexicon().patterns["demands_states"].search(parse.text):
        return Lead("must", None, True, LEAD_STATE, None)
    last = tokens[-1].low
    clauses = [c for c in split_clauses(parse) if c.kind in ("main", "conjunct", "imperative")]
    clause = clauses[-1] if clauses else None
    actor = actor_of(parse, find_subject(parse, clause)) if clause is not None else None
    modal = next((t for t in reversed(tokens) if t.low in lexicon().modals), None)
    if modal is not None and not any(t.pos == "VERB" and "VerbForm=Inf" in t.morph for t in tokens if t.i > modal.i):
        negated = is_negated(parse.tokens, modal.i, len(parse.tokens))
        return Lead(lexicon().modals[modal.low][negated], actor, True, "lead_modal", norms[-1] if norms else None)
    if last == "att" and norms:
        return Lead(norms[-1].modality, norms[-1].actor or actor, True, "lead_att", norms[-1])
    if norms:
        norm = norms[-1]
        return Lead(norm.modality, norm.actor or actor, False, "lead_norm", norm)
    return None


def heading_actor(title: str) -> Actor | None:
    """Whom a heading is about ("Kontoansvarig", "Chefens ansvar", "Alla medarbetare"), None for nobody or several."""
    title = _ALL_OF.sub("", title)
    if group_of(title.lower()) == "staff" and title.lower() not in READERS | _NOBODY:
        return Actor(title.lower(), "staff")
    mentions = find_roles(title)
    if len({m.role_id for m in mentions}) != 1 or len(title.split()) > 5:
        return None
    rest = title[: mentions[0].start] + title[mentions[0].end :]
    if re.sub(r"\W", "", rest) and not _RESPONSIBLE_HEADING.search(rest):
        return None
    group = "unit" if mentions[0].group in ("unit", "body") else "role"
    own = title[mentions[0].start : mentions[0].end]
    own = re.sub(r"(?<=[a-zåäö])s$", "", own) if mentions[0].canonical[-1:] != "s" else own
    return Actor(uncapitalised(own), group)


_ALL_OF = re.compile(r"(?i)^\s*(?:samtliga|alla|varje|respektive)\s+(?=\w)")
READERS = frozenset({"du", "ni", "man"})
_NOBODY = frozenset({"var", "den", "de", "en", "någon", "ingen", "minst", "flera", "övriga", "hen"})
"""Words for people in a sentence that are nobody as a heading ("VAR")."""


def addressed_reader(texts: Sequence[str]) -> Actor | None:
    """The reader as "du" or "ni" where the texts around an imperative speak to the reader so.

    Args:
        texts: From the whole document, where a stray "du" says nothing, to the nearest words, where one is enough.
    """
    for distance, text in enumerate(reversed(texts)):
        said, plural = _count_readers(text)
        if said >= (1 if distance < len(texts) - 1 else FREQUENT):
            return Actor("ni" if plural * 2 > said else "du", "staff")
    return None


@lru_cache(maxsize=1024)
def _count_readers(text: str) -> tuple[int, int]:
    """How often a text speaks to its reader, and how often to several; asked of a document for each imperative."""
    said = [m.group(1).lower() for m in _READER.finditer(text)]
    return len(said), sum(w in ("ni", "er", "era") for w in said)


def speaking_body(text: str) -> Actor:
    """The organisation that says "vi" in a text: the one it names most often, the municipality where it names none.

    "Vi på enheten" says it outright; a company that is named as one is "bolaget" unless its owner is named more often.
    """
    outright = _WE_AT.search(text)
    if outright:
        return Actor(outright[1].lower(), "unit")
    named = Counter(m.group(1).lower() for m in _SPEAKING.finditer(text))
    unnamed = "regionen" if _OF_A_REGION.search(text) else "kommunen"
    company = "bolaget" if _COMPANY.search(text) else ""
    return Actor(max(named, key=lambda word: (named[word], word == company, word), default=unnamed), "organisation")


def opens_account(said: str) -> bool:
    """Whether a sentence in lower case begins as an account of what a law says ("enligt 10 § får ...")."""
    return any(p.search(said) for p in lexicon().account_openers)


def binds_nobody(said: str) -> bool:
    """Whether a sentence in lower case that holds no duty tells what laws say or people outside wish."""
    return opens_account(said) or any(p.search(said) for p in lexicon().hearsay_openers)


def is_account(parse: Parse, norm: Norm) -> bool:
    """Whether the sentence gives an account of what a law says in general."""
    if not opens_account(words_of(parse, 0, len(parse.tokens))):
        return False
    return norm.actor is None or norm.actor.group in ("organisation", "public", "staff")


_MADE = ("erad", "erade", "erat", "skriven", "skrivna", "skrivet", "ställd", "ställda", "ställt", "bestämda", "bestämt")
"""How words end that tell what has been done to a document: "Syfte och målgrupp ska vara formulerade"."""


def is_aim(parse: Parse, norm: Norm, section: Section) -> bool:
    """Whether a "ska" says what something is for, or what a document does, rather than what is to be done."""
    tokens = parse.tokens
    modal_said = tokens[max(norm.clause.finite, 0)].low if norm.clause is not None else ""
    if not (norm.rule.startswith("modal_") or (norm.rule == TRAINED and modal_said in lexicon().modals)):
        return False
    verb = tokens[norm.verb]
    lemma, form = verb.lemma, verb.low
    subject = tokens[norm.subject.head].low if norm.subject is not None else ""
    bound = norm.actor is not None and norm.actor.group in ("role", "unit", "staff")
    if is_looked_over(tokens, norm.verb, len(tokens)):
        return False
    passive = "Voice=Pass" in verb.morph
    if lexicon().has("document_nouns", subject) and norm.actor is None:
        made = lemma == "vara" and any(t.low.endswith(_MADE) for t in tokens[norm.verb + 1 : norm.verb + 3])
        done = made or (passive and form not in lexicon().words["aim_verbs"])
        return not done and form not in lexicon().words["done_to_documents"] and lemma not in REVISING
    if section.kind in DESCRIBING and not bound:
        # "Konton får inte användas", "Frågor måste besvaras" are rules in an introduction too; what "ska" may be none.
        return norm.modality != "must_not" and modal_said != "måste"
    if norm.modality not in ("must", "should") or bound:
        return False
    if lemma in ("vara", "bli"):
        return section.kind == "purpose"
    return (form if passive else lemma) in lexicon().words["aim_verbs"] or form in lexicon().words["aim_verbs"]


def group_in_document(actor: Actor | None, *, to_public: bool) -> str:
    """The actor's group; "du" and "ni" are the public in a document that speaks to the public."""
    if actor is None:
        return ""
    if actor.word in ("du", "ni") and to_public:
        return "public"
    return actor.group or group_of(actor.word) or ""


def public_sections(outline: Outline) -> frozenset[int]:
    """The sections whose "du" is the commenting public: all or none, but where a heading says whom it speaks to."""
    everywhere = speaks_to_public(outline.text, outline.units)
    public: dict[int, bool] = {-1: everywhere}
    for section in outline.sections:
        patterns = lexicon().patterns
        said = section.title.lower()
        if patterns["staff_heading"].search(said):
            public[section.section] = False
        elif patterns["public_heading"].search(said):
            public[section.section] = True
        else:
            public[section.section] = public.get(section.parent, everywhere)
    return frozenset(number for number, spoken_to in public.items() if spoken_to and number >= 0)


def speaks_to_public(text: str, units: Sequence[Unit]) -> bool:
    """Whether a document's "du" is the commenting public: it speaks of your comments, and little of your work.

    What staff may do as well ("när du skriver") tells of the public only where the municipality speaks as "vi".
    """
    public, shared, staff = (_count(f"{who}_signs", text) for who in ("public", "shared", "staff"))
    if len(units) >= LONGEST_FOR_PUBLIC or not public + shared or public + shared < staff:
        return False
    little_work = _count("work_signs", text) + staff <= WORK_FOR_SIGN * (public + shared)
    return little_work and (public > 0 or _count("speaking_signs", text) > 0)


def _count(signs: str, text: str) -> int:
    """How many of the signs of a name a text has."""
    return len(lexicon().patterns[signs].findall(text))
