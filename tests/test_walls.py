"""Pages that stand where an article should, in several layouts and languages; and articles that look like them."""

import pytest

from extractors.html import read_page
from models.article import Article
from models.errors import PageError

URL = "https://paper.example/2026/05/oumtiman"
LEAD = (
    "<p>Two herders were shot dead on Monday near the village of Oumtiman, police in south-eastern Chad said. "
    "Witnesses told the regional radio that men on horses had come from the west at dawn.</p>"
)
STORY = (
    f"{LEAD}<p>A patrol of the gendarmerie followed their tracks for some hours and found eleven camels.</p>"
)
MENU = "<nav><a href=/>Home</a><a href=/w>World</a><a href=/s>Subscribe</a><a href=/l>Log in</a></nav>"
FOOT = "<footer>Privacy policy · Terms and conditions · Cookie policy · Already a subscriber? Log in</footer>"


def page(body: str, title: str = "Herders shot in Chad", head: str = "") -> bytes:
    return (
        f"<html lang=en><head><title>{title} | The Paper</title>{head}</head>"
        f"<body><header>{MENU}</header>{body}{FOOT}</body></html>"
    ).encode()


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def dialog(*words: str, tag: str = "div") -> str:
    return f"<{tag} class=wall>" + "".join(f"<p>{word}</p>" for word in words) + f"</{tag}>"


CLOSED = '{"@type": "NewsArticle", "isAccessibleForFree": %s, "wordCount": %d}'
PART = '{"@type": "NewsArticle", "hasPart": [{"@type": "WebPageElement", "isAccessibleForFree": false}]}'
WALLS = {
    "consent/english": page(
        dialog(
            "We value your privacy",
            "We and our 842 partners store and/or access information on a device, such as cookies, and process "
            "personal data, such as unique identifiers. You may change your mind at any time.",
            "<button>Reject all</button><button>Accept all</button><button>More options</button>",
        ),
        "Your privacy choices",
    ),
    "consent/one paragraph": page(
        "<main><p>Before you go on, we use cookies and similar methods to show personalised ads. Click accept all to "
        "let us and manage settings to choose; see our cookie policy.</p></main>",
        "The Paper",
    ),
    "consent/dialog over nothing": page(
        "<div id=onetrust-banner><p>We use cookies on this site.</p><button>Accept all</button></div><main></main>"
    ),
    "consent/german, pay or okay": page(
        dialog(
            "Mit Werbung weiterlesen",
            "Wir und unsere Partner speichern Informationen auf einem Gerät und verarbeiten personenbezogene Daten.",
            "<button>Zustimmen und weiter</button>",
            "Oder werbefrei im Pur-Abo lesen, ab 2,99 Euro im Monat.",
        ),
        "Einwilligung",
    ),
    "consent/french": page(
        dialog(
            "Nous et nos partenaires stockons des informations sur un appareil pour vous montrer des annonces.",
            "<a>Continuer sans accepter</a> <button>Tout accepter</button>",
            tag="section",
        ),
        "Avant de continuer",
    ),
    "consent/spanish": page(
        dialog(
            "Nosotros y nuestros socios guardamos datos en su equipo y los usamos para la publicidad del sitio.",
            "<button>Aceptar y continuar</button> <button>Rechazar y suscribirse</button>",
        )
    ),
    "consent/polish": page(
        dialog(
            "My i nasi zaufani partnerzy przetwarzamy dane osobowe, by pokazywać reklamy i mierzyć ruch w serwisie.",
            "<button>Przejdź do serwisu</button>",
        )
    ),
    "not_found/heading": page(
        "<main><h1>Page not found</h1><p>Try the search, or one of these.</p></main>" + STORY
    ),
    "not_found/404 in the title": page(
        "<div><p>Sorry, we looked everywhere. The newest stories stand on the front page of the site.</p></div>",
        "Error 404 - Page not found",
    ),
    "not_found/words only": page(
        "<div><p>The page you are looking for may have been moved or no longer exists. Back to homepage.</p></div>",
        "The Paper",
    ),
    "not_found/german": page(
        "<main><h1>Seite nicht gefunden</h1><p>Diese Seite gibt es nicht mehr.</p></main>", "404"
    ),
    "not_found/russian": page("<main><h1>Страница не найдена</h1></main>", "Ошибка"),
    "not_found/removed": page(
        "<main><h1>This article is no longer available.</h1><p>It was taken down.</p></main>"
    ),
    "signup/newsletter": page(
        "<main><h1>Sign up for our newsletters</h1><p>The Morning Brief: what happened overnight, delivered to your "
        "inbox at six.</p><p>The War Letter: maps and dispatches, each Friday in your inbox.</p><form>"
        "Your email address<input></form></main>",
        "Newsletters",
    ),
    "signup/offers": page(
        "<main><h2>Pick what suits you</h2><p>Unlimited digital access for 1 dollar for the first month, then 9 "
        "dollars a month.</p><p>Cancel anytime. Billed annually or per month.</p></main>",
        "Subscription offers",
    ),
    "signup/log in": page(
        "<main><h1>Log in</h1><p>Your email address and the password.</p><p>Forgot your password? "
        "Don't have an account? Create an account.</p></main>",
        "Log in",
    ),
    "paywall/declared": page(f"<article>{LEAD}</article>", head=ld(CLOSED % ("false", 700))),
    "paywall/declared as text": page(f"<article>{STORY}</article>", head=ld(CLOSED % ('"False"', 700))),
    "paywall/declared for a part": page(f"<article>{LEAD}</article>", head=ld(PART)),
    "paywall/long lead of a longer story": page(
        f"<article>{LEAD * 9}</article>", head=ld(CLOSED % ("false", 2000))
    ),
    "paywall/box in the article": page(
        f"<article>{LEAD}<div><p>Subscribe to continue reading</p></div></article>"
    ),
    "paywall/box below the article": page(
        f"<article>{STORY}</article><div><b>Already a subscriber? Log in</b></div>"
    ),
    "paywall/registration": page(
        f"<main>{LEAD}<p>Register for free to continue reading this story.</p></main>"
    ),
    "paywall/meter": page(f"<main>{LEAD}<div>You’ve reached your limit of free articles.</div></main>"),
    "challenge/cloudflare": page(
        "<div>Performing security verification</div><script>window._cf_chl_opt={}</script>"
    ),
    "challenge/german": page("<div>Bestätigen Sie, dass Sie ein Mensch sind.</div>", "Nur einen Moment"),
    "challenge/captcha": page("<form>I'm not a robot</form>"),
    "refresh/at once": page(
        "<p>Moved.</p>", head='<meta http-equiv="Refresh" content="0; URL=\'/2026/new\'">'
    ),
    "refresh/with a word": page(
        "<p>This story has a new address, and you are being taken there now. Please wait for a moment.</p>",
        head='<meta http-equiv=refresh content="5;url=https://paper.example/new">',
    ),
}
BANNER = (
    "<div id=cmp-box role=dialog><h2>We value your privacy</h2><p>We and our partners store and/or access information "
    "on a device.</p><button>Accept all</button><button>Reject all</button></div>"
)
BAR = "<div><p>We use cookies on this site.</p><button>Accept all</button></div>"
LETTER = "<aside><h2>Newsletters</h2><p>Sign up for our newsletter, delivered to your inbox.</p></aside>"
ARTICLES = {
    "site asks for cookies": "<p>The site of the ministry asked readers to accept cookies before it showed the list "
    "of the dead, and the names of two men shot near Oumtiman were missing from it, their families said.</p>"
    + LEAD,
    "on consent walls": "<p>Regulators fined three papers on Friday over walls that say “we value your privacy” and "
    "offer “accept all” but no “reject all”. The watchdog said that a reader must be able to refuse as easily as to "
    "agree, and that a paid subscription is no free choice.</p>" + LEAD * 2,
    "on a missing page": "<p>The page of the army that listed the prisoners now says “page not found”, and the link "
    "that you followed from the old list leads nowhere, relatives said on Monday.</p>" + LEAD,
    "banner beside": BANNER + STORY,
    "banner in an article": f"<article>{BANNER}{STORY}</article>",
    "banner with a long script": BANNER.replace("<h2>", f"<script>{'x = 1;' * 500}</script><h2>") + STORY,
    "wrapper named like a dialog": f"<div class=cmp-container>{BAR}<div><h1>Herders</h1>{STORY * 3}</div></div>",
    "newsletter box beside": STORY + LETTER,
    "log-in above": f"<div>Already a subscriber? Log in</div><article>{STORY}</article>",
    "subscribers in the news": "<p>A radio station that lives off its subscribers was burned on Monday near Oumtiman; "
    "its editor said that it had a month for repairs and would cost 200 dollars per month to guard.</p>"
    + LEAD,
    "paywall hidden by the site": f"<article>{STORY}</article><div hidden>Subscribe to continue reading</div>",
    "reloads every five minutes": '<meta http-equiv="refresh" content="300">' + STORY,
    "script of a firewall": "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>" + STORY,
}


@pytest.mark.parametrize("name", WALLS)
def test_what_stands_before_an_article_is_none(name: str) -> None:
    with pytest.raises(PageError) as caught:
        read_page(WALLS[name], URL)
    assert caught.value.reason == name.partition("/")[0]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_that_has_the_words_is_one(name: str) -> None:
    article = read_page(page(ARTICLES[name]), URL)
    assert isinstance(article, Article)
    assert "Two herders were shot dead on Monday near the village" in article.text
    assert "partners store" not in article.text


def test_a_short_story_that_is_closed_but_whole_is_read() -> None:
    words = len(STORY.replace("<p>", " ").replace("</p>", " ").split())
    article = read_page(page(f"<article>{STORY}</article>", head=ld(CLOSED % ("false", words))), URL)
    assert "eleven camels" in article.text


@pytest.mark.parametrize(
    "title", ["Page not found: how link rot erases a war", "Gone", "The newsletters of the dead"]
)
def test_headlines_with_the_words_are_headlines(title: str) -> None:
    assert read_page(page(f"<article><h1>{title}</h1>{STORY}</article>", title), URL).title == title


def test_a_forwarding_page_names_where() -> None:
    with pytest.raises(PageError, match=r"forwards to /2026/new; fetch that"):
        read_page(WALLS["refresh/at once"], URL)
