"""English plurals and verb forms, as far as rules make them; lexicons spell the others out."""

VOWELS = "aeiou"


def plural_of(noun: str) -> str:
    """The regular English plural of a noun or noun phrase's last word."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun[:-3]}men" if noun.endswith("man") else f"{noun}s"


def inflect_phrase(verb: str) -> tuple[str, ...]:
    """The forms of a verb or phrasal verb: its first word is inflected."""
    head, _, rest = verb.partition(" ")
    return tuple(f"{form} {rest}".strip() for form in inflect(head))


def inflect(verb: str) -> tuple[str, ...]:
    """Base, third person, past and -ing of a regular verb, with consonant doubling where both are usual."""
    third = plural_of(verb)
    if verb.endswith("ie"):
        return verb, third, f"{verb}d", f"{verb[:-2]}ying"
    if verb.endswith("e"):
        return verb, third, f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb, third, f"{verb[:-1]}ied", f"{verb}ing"
    plain = (verb, third, f"{verb}ed", f"{verb}ing")
    if len(verb) > 2 and verb[-1] not in f"{VOWELS}wxyh" and verb[-2] in VOWELS and verb[-3] not in VOWELS:
        return (*plain, f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    return plain
