"""What the demo server answers: a greeting when asked for one, else a sentence that says it is simulated.

The same prompt, system prompt and seed always give the same answer.
"""

from __future__ import annotations

import random
import re

LONGEST_NAME = 60
# Whatever is asked stands near the start of a prompt; a pasted book need not be searched.
_READ_CHARACTERS = 4000
_QUOTED_WORDS = 10
_QUOTED_CHARACTERS = 80
_WORDS_IN_BARE_NAME = 4

ENGLISH_GREETINGS = (
    "Hello {name}, and a very warm welcome to Paradigm!",
    "Welcome aboard, {name}: it’s lovely to have you with us on Paradigm!",
    "Hi {name}, we’re so glad that you’ve joined us on Paradigm!",
    "Great to meet you, {name}; make yourself at home on Paradigm!",
    "Hello {name}, Paradigm just got a little brighter with you here!",
    "Welcome, {name}: your first day on Paradigm is already off to a good start!",
    "Hi {name}, thank you for joining us, and enjoy exploring Paradigm!",
    "{name}, it’s a real pleasure to welcome you to Paradigm!",
    "Good to see you, {name}: all of Paradigm is yours to explore!",
    "Hello {name}, what would you like to try first on Paradigm today?",
    "Welcome to Paradigm, {name}; we’ve been looking forward to meeting you!",
    "Delighted to have you here, {name}: may Paradigm make your days a little easier!",
    "Hi {name}, come on in: there’s a place for you on Paradigm!",
    "A big hello to you, {name}, and here’s to everything you’ll do with Paradigm!",
)
FRENCH_GREETINGS = (
    "Bonjour {name}, et bienvenue sur Paradigm\u202f!",
    "Bienvenue sur Paradigm, {name}\u00a0: c’est un vrai plaisir de vous accueillir\u202f!",
    "Bonjour {name}, nous sommes ravis de vous compter parmi nous sur Paradigm\u202f!",
    "Quelle joie de vous accueillir sur Paradigm, {name}\u202f!",
    "{name}, Paradigm vous ouvre grand ses portes\u00a0: bienvenue\u202f!",
    "Bonjour {name}, faites comme chez vous\u00a0: Paradigm n’attendait plus que vous\u202f!",
    "Un grand bonjour à vous, {name}, et très belle découverte de Paradigm\u202f!",
    "Bienvenue à bord, {name}\u00a0: toute l’équipe de Paradigm se réjouit de vous accompagner\u202f!",
    "Enchantés de faire votre connaissance, {name}, et bienvenue dans l’aventure Paradigm\u202f!",
    "Bonjour {name}, votre arrivée sur Paradigm nous fait très plaisir\u202f!",
    "Merci de nous rejoindre, {name}, et profitez bien de vos premiers pas sur Paradigm\u202f!",
    "Bonjour {name}, par quoi aimeriez-vous commencer aujourd’hui sur Paradigm\u202f?",
    "Bienvenue parmi nous, {name}\u202f; que Paradigm vous rende chaque journée plus légère\u202f!",
    "Bonjour {name}, installez-vous confortablement\u00a0: l’aventure Paradigm commence ici\u202f!",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ASKS_FOR_GREETING = re.compile(
    r"\b(?:hello|say\s+hi|greet(?:s|ings?)?|welcomes?"
    r"|bonjour|salut|salu(?:e|er|ez|tations?)|accueil(?:le|lez|lir)?|bienvenue?s?)\b",
    re.IGNORECASE,
)
# A colon between two characters (10:30, https:) introduces nothing.
_COLON = re.compile(r"(?<=\s)[:：]|[:：](?=\s)")
_INTRODUCES_NAME = re.compile(
    r"(?<![\w-])(?:(?P<preposition>to|for|à|pour)|greet|welcome|saluer|saluez?|accueill(?:ez?|ir))\s+",
    re.IGNORECASE,
)
_ENDS_NAME = re.compile(
    r"[.!?;]\s|,\s+(?=[^\W\d_A-Z])|\s(?:to|in|on|with|as|and|who|à|en|sur|dans|avec|et|qui)\s|[\r\n]"
)
_NOT_A_NAME = _words(
    "paradigm a an the this that our my your his her their each every someone everyone be make "
    "un une le la les l ce cet cette mon ma notre votre son sa leur chaque nos vos que"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?…:]\s+|\n)\W*$")
_QUOTES = (('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("`", "`"))

# Words that exist in both languages ("a", "on", "son", "phrase") prove nothing and are left out.
_FRENCH_WORDS = _words(
    "le la les un une du de au aux et à est sont en pour par sur avec que qui quoi quel quelle dans ce cet "
    "cette ces mon ma mes sa ses notre nos votre vos je tu il elle nous vous ne pas dis dites donne donnez "
    "écris écrivez rédige rédigez explique résume traduis bonjour bienvenue accueil accueille accueillez "
    "salue saluez souhaite souhaitez moi toi comment pourquoi l' d' qu' j' n' c'"
)
_ENGLISH_WORDS = _words(
    "the of to for and is are in with by from that this what which who how why my your our their his her it "
    "its you we they not do does say give write tell explain summarize summarise translate please hello hi "
    "welcome greet greeting short one sentence new user"
)


def answer(prompt: str, system: str, seed: int) -> str:
    """Answer a prompt in its language; `system` decides where the prompt alone does not."""
    text = prompt[:_READ_CHARACTERS]
    name = _name_to_greet(text, system)
    if name is None:
        return _simulated(text, is_french=_is_french(text, system))
    return _greeting(name, seed, is_french=_is_french(text.replace(name, " ") if name else text, system))


def _greeting(name: str, seed: int, *, is_french: bool) -> str:
    if not name and is_french:
        return "Bonjour et bienvenue sur Paradigm, nous sommes ravis de vous accueillir\u202f!"
    if not name:
        return "Hello and welcome to Paradigm, we’re very glad to have you here!"
    greetings = FRENCH_GREETINGS if is_french else ENGLISH_GREETINGS
    draw = random.Random(f"{seed} greeting {name}").random()
    shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return greetings[int(draw * len(greetings))].format(name=shown)


def _simulated(prompt: str, *, is_french: bool) -> str:
    words = prompt.split(maxsplit=_QUOTED_WORDS)
    quoted = " ".join(words[:_QUOTED_WORDS])
    if len(words) > _QUOTED_WORDS or len(quoted) > _QUOTED_CHARACTERS:
        quoted = quoted[:_QUOTED_CHARACTERS].rstrip() + "…"
    if is_french:
        return (
            f"(Réponse simulée) Le serveur de démonstration a bien reçu «\u202f{quoted}\u202f», "
            "mais aucun modèle n’est là pour y répondre."
        )
    return (
        f"(Simulated answer) The demo server received “{quoted}”, but there is no model behind it to answer."
    )


def _name_to_greet(prompt: str, system: str) -> str | None:
    """Find whom to greet: `None` when no greeting is asked for, empty when nobody is named."""
    colons = list(_COLON.finditer(prompt))
    after_colon = prompt[colons[-1].end() :].strip() if colons else ""
    # What follows the colon is material: a greeting in there is not a request for one.
    instruction = prompt[: colons[-1].start()] if after_colon else prompt
    if _ASKS_FOR_GREETING.search(instruction):
        return _cleaned(after_colon) if after_colon else _introduced_name(prompt) or _capitalised_name(prompt)
    if _ASKS_FOR_GREETING.search(system) and _may_be_bare_name(after_colon or prompt):
        return _cleaned(after_colon or prompt)
    return None


def _may_be_bare_name(text: str) -> bool:
    return len(text.split()) <= _WORDS_IN_BARE_NAME and not text.rstrip().endswith("?")


def _introduced_name(prompt: str) -> str:
    """Find a name after "to", "for", "greet" or their like: the last one, if possible not in lower case."""
    in_lower_case = ""
    for match in reversed(list(_INTRODUCES_NAME.finditer(prompt))):
        rest = prompt[match.end() :]
        end = _ENDS_NAME.search(rest)
        name = _cleaned(rest[: end.start()] if end else rest)
        first_word = _WORD.match(name)
        if not name or (first_word and re.split("['’]", first_word[0].lower())[0] in _NOT_A_NAME):
            continue
        if not name[0].islower():
            return name
        if match["preposition"]:
            in_lower_case = in_lower_case or name
    return in_lower_case


def _capitalised_name(prompt: str) -> str:
    """Find the last run of capitalised words; scripts without capitals count as capitalised."""
    name: list[str] = []
    for match in reversed(list(_WORD.finditer(prompt))):
        word = match[0]
        is_part = (
            not word[0].islower()
            and word != "Paradigm"
            and not _STARTS_SENTENCE.search(prompt, 0, match.start())
        )
        if is_part:
            name.insert(0, word)
        elif name:
            break
    return _cleaned(" ".join(name))


def _cleaned(name: str) -> str:
    """Keep the first line, without final punctuation and the quotes around it."""
    name = (name.splitlines() or [""])[0].strip().rstrip(".,;:!?…\u202f\u00a0 ")
    for opening, closing in _QUOTES:
        if len(name) > 1 and name.startswith(opening) and name.endswith(closing):
            return name[1:-1].strip().rstrip(".,;:!?…")
    return name


def _is_french(*texts: str) -> bool:
    """Count the words of either language in the first text that has more of one."""
    for text in texts:
        words = [word.lower().replace("’", "'") for word in re.findall(r"[^\W\d_]+['’]?", text)]
        french = sum(word in _FRENCH_WORDS or word.rstrip("'") in _FRENCH_WORDS for word in words)
        english = sum(word.rstrip("'") in _ENGLISH_WORDS for word in words)
        if french != english:
            return french > english
    return False
