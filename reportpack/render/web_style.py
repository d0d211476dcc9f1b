"""The stylesheet of the HTML edition: light and dark, from 320 pixels to print. Colours are the theme's, made readable where they are not."""

from reportpack.render.contrast import WORDS, readable_on
from reportpack.render.theme import ColourTheme

_LIGHT = "#ffffff"
_DARK = "#14191f"
_DARK_TINT = "#202830"
_WORDS = ("quiet", "accent", "link", "good", "bad", "watch", "marking")


def stylesheet(colours: ColourTheme, marking: str) -> str:
    """All rules in one text that is safe inside a `style` element."""
    light = _variables(colours, (_LIGHT, colours.tint), colours.rule, colours.ink, WORDS)
    dark = _variables(colours, (_DARK, _DARK_TINT), "#46515c", "#e9edf1", 6.5)
    return (
        f":root{{color-scheme:light dark;{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{_RULES}{_TABLES}{_CHARTS}{_WIDE}{_pages(marking)}@media print{{:root{{{light}}}{_PRINT}}}"
    )


def _pages(marking: str) -> str:
    """The marking at the head and foot of every printed page."""
    words = f"{{content:{_css_string(marking)};font:600 9pt sans-serif}}"
    count = '@bottom-right{content:"Page " counter(page) " of " counter(pages);font:9pt sans-serif}'
    return f"@page{{margin:18mm 15mm;@top-center{words}@bottom-left{words}{count}}}@page wide{{size:A4 landscape}}"


def _variables(colours: ColourTheme, grounds: tuple[str, str], rule: str, ink: str, least: float) -> str:
    given = {"ground": grounds[0], "tint": grounds[1], "rule": rule, "ink": readable_on(ink, grounds, 7.0)}
    given |= {name: readable_on(getattr(colours, name), grounds, least) for name in _WORDS}
    return "".join(f"--{name}:{value};" for name, value in given.items())


def _css_string(words: str) -> str:
    """A CSS string in which everything but letters, digits and spaces is escaped."""
    return '"' + "".join(one if one.isascii() and (one.isalnum() or one == " ") else f"\\{ord(one):06x}" for one in words) + '"'


_RULES = """
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere;
font:1.0625rem/1.5 "Source Sans 3","Source Sans Pro",system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,footer,main{margin:0 auto;padding:0 1rem;max-width:64rem}
header,footer{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding-block:.75rem;color:var(--quiet);font-size:.9rem}
header{border-bottom:1px solid var(--rule)}footer{border-top:1px solid var(--rule);margin-top:3rem}
header p,footer p{margin:0;max-width:none}header img{max-width:100%;height:auto;flex-basis:auto;background:#fff}
.marking{font-weight:700;letter-spacing:.06em;color:var(--marking)}
header>.marking,footer>.marking{flex-basis:100%;text-align:center}
.skip{position:absolute;left:-100vw;top:0;padding:.75rem 1rem;background:var(--ground);color:var(--link);z-index:2}
.skip:focus{left:0}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
h1,h2,h3,h4{line-height:1.2;margin:1.6em 0 .5em;text-wrap:balance;font-weight:600}
h1{font-size:1.9rem}h2{font-size:1.4rem}h3{font-size:1.15rem}h4{font-size:1rem}
main>section>h1:first-child,main>nav>h1:first-child{border-top:3px solid var(--accent);padding-top:.6rem;margin-top:3rem}
p,ul,ol,dl{margin:.6em 0;max-width:44rem}
a{color:var(--link);text-underline-offset:.15em}a:hover{text-decoration-thickness:2px}
.cover h1{font-size:clamp(2rem,6vw,3.1rem);margin:.3em 0;border:0}
.cover>.marking{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
:is(td,th,dd,li)>:first-child{margin-top:0}:is(td,th,dd)>:last-child{margin-bottom:0}
.lead{font-size:1.2rem}.finding{font-size:1.2rem;font-weight:600}
.subtitle,.quiet{color:var(--quiet)}.note,figcaption,.footnote{font-size:.9rem}p.note,figcaption{color:var(--quiet)}
.good{color:var(--good)}.bad{color:var(--bad)}.watch{color:var(--watch)}
.nowrap{white-space:nowrap}.large{font-size:1.4em}.revised{font-style:italic}
q{quotes:none}q::before,q::after{content:none}
abbr{text-decoration:underline dotted;text-underline-offset:.2em}
ul.plain,ol.contents{list-style:none;padding:0}
ol.contents ol.contents{padding-left:1.2rem}
ol.contents a{display:inline-block;padding:.2rem 0;min-height:1.5rem}
ol.headlines{list-style:none;padding:0;counter-reset:headline}
ol.headlines>li{counter-increment:headline;position:relative;padding:.5rem 0 .5rem 2.6rem;border-top:1px solid var(--rule)}
ol.headlines>li::before{content:counter(headline);position:absolute;left:0;top:.2rem;font-size:1.9rem;line-height:1.2;font-weight:600;color:var(--accent)}
li{margin:.25em 0}dt{font-weight:600}dd{margin:0 0 .5em 1.2rem}
dl.facts{border-top:1px solid var(--rule)}
dl.facts dt{padding-top:.35rem}dl.facts dd{margin:0;padding-bottom:.35rem;border-bottom:1px solid var(--rule)}
.aside{border-left:4px solid var(--accent);background:var(--tint);padding:.5rem 1rem;margin:1rem 0;max-width:46rem}
.aside.warning{border-color:var(--bad)}.aside.quote{background:none;border-color:var(--rule)}
.aside.footnote{border:0;background:none;padding:0 0 0 1rem;margin:.5rem 0}
.aside>:first-child{margin-top:0}.aside>:last-child{margin-bottom:0}
.back{text-decoration:none;font-weight:600;margin-right:.35em}
hr{border:0;border-top:1px solid var(--rule);margin:1.5rem 0}
.lines{display:block;height:calc(var(--lines)*2.2em);margin-top:.3em;
background:repeating-linear-gradient(transparent 0 calc(2.2em - 1px),var(--rule) calc(2.2em - 1px) 2.2em)}
details{margin:.2rem 0;font-size:.9rem;max-width:64rem}
details:has(+:not(details)),details:last-child{margin-bottom:1.2rem}
summary{cursor:pointer;color:var(--link);padding:.25rem 0;min-height:1.75rem;width:fit-content}
details ul{margin:.3rem 0;max-width:none}
.place{color:var(--quiet);font-variant-numeric:tabular-nums}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.picture{max-width:100%;height:auto}
p,li,td,th,dd,dt,caption,figcaption{unicode-bidi:plaintext}
"""

_TABLES = """
.scroll{overflow-x:auto;max-width:100%;margin:1rem 0 .4rem}
table{border-collapse:collapse;font-size:.9375rem;line-height:1.35;width:100%;min-width:min(calc(var(--columns,1)*5.5rem),400rem);font-variant-numeric:tabular-nums}
table.fit{width:auto;min-width:0}
caption{text-align:left;font-weight:600;padding:.3rem 0;color:var(--ink);position:sticky;left:0}
td,th{padding:.42rem .75rem .42rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:break-word}
th{font-weight:600}thead th,thead td{vertical-align:bottom;border-bottom:2px solid var(--ink);font-size:.875rem}
.tight td,.tight th{padding-block:.25rem}.plain td,.plain th{border:0}
.banded tbody tr:nth-child(even){background:var(--tint)}
tr.marked,td.marked,th.marked{background:var(--tint)}
tr.total>*{font-weight:700;border-top:2px solid var(--ink)}
tr.group>*{padding-top:.8rem}tr.group th{color:var(--accent)}
td.number,th.number,td.right,th.right{text-align:right}td.centre,th.centre{text-align:center}
td.number,th.number{unicode-bidi:normal}
"""

_CHARTS = """
figure{margin:1.2rem 0}
figure svg{display:block;width:100%;height:auto;min-width:34rem;max-width:60rem;background:#fff;color:#16202b;font-family:inherit}
svg.icon{height:1.1em;width:auto;vertical-align:-.18em;color:#16202b}
svg.sign{height:1.3em;width:auto;vertical-align:-.28em}
svg.sparkline{height:1.3em;width:auto;vertical-align:-.28em}
@media (prefers-color-scheme:dark){figure svg{padding:.6rem;border-radius:6px}svg:is(.icon,.sign,.sparkline){background:#fff;border-radius:3px;padding:1px}}
"""

_WIDE = """
@media (min-width:30rem){dl.facts{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr}
dl.facts dt,dl.facts dd{padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--rule)}}
@media (min-width:75rem){header,footer,main{max-width:84rem}
main{display:grid;grid-template-columns:min(15rem,22vw) minmax(0,1fr);column-gap:min(3rem,4vw);align-items:start}
main>*{grid-column:2;min-width:0}
main>nav{grid-column:1;grid-row:1/span 600;position:sticky;top:0;max-height:100vh;overflow-y:auto;padding:1rem .5rem 1rem 3px;font-size:.9375rem}
main>nav>h1:first-child{font-size:1.1rem;border:0;margin:.5rem 0;padding:0}}
"""

_PRINT = """
html{font-size:12.5px}body{background:#fff}main>:is(section,nav)>h1:first-child{margin-top:0}.lines,.aside,tr,td,th{print-color-adjust:exact;-webkit-print-color-adjust:exact}.skip,details{display:none}
main{display:block;max-width:none;padding:0}main>nav{position:static;max-height:none}
main>section,main>nav{break-before:page}main>section:first-child{break-before:auto}
section.landscape{page:wide}h1,h2,h3,h4,caption,.keep-with-next{break-after:avoid}
figure,tr,.keep-together,.aside{break-inside:avoid}.break-before{break-before:page}
thead{display:table-header-group}.scroll{overflow:visible}table{min-width:0;font-size:8.5pt}
figure svg{min-width:0;max-width:100%;padding:0}svg:is(.icon,.sign,.sparkline){background:none}a{color:inherit;text-decoration:none}
"""
