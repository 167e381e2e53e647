"""A text as a page of a municipal website: menu, search, cookie banner, bread crumbs and footer around it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from benchmarks.examples.blocks import Block, spans

PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title} - {site}</title>
<style>body {{ font-family: sans-serif }} .cookie-banner {{ position: fixed; bottom: 0 }}</style>
<script>window.dataLayer = window.dataLayer || []; dataLayer.push({{"event": "visa ska alltid sidan"}});</script>
</head>
<body>
<a class="skip-link" href="#main">Hoppa till huvudinnehåll</a>
<div class="cookie-banner" role="dialog" aria-label="Kakor">
<p>Vi använder kakor (cookies) för att webbplatsen ska fungera på ett bra sätt för dig. Du måste godkänna alla kakor
för att kunna se filmer.</p>
<button>Godkänn alla kakor</button> <button>Endast nödvändiga</button>
</div>
<header>
<a href="/">{site}</a>
<form action="/sok"><label for="s">Sök på webbplatsen</label> <input id="s" type="search"> <button>Sök</button></form>
<nav aria-label="Huvudmeny"><ul>
<li><a href="/barn">Barn och utbildning</a></li>
<li><a href="/bygga">Bygga, bo och miljö</a></li>
<li><a href="/kommun">Kommun och politik</a></li>
<li><a href="/omsorg">Stöd och omsorg</a></li>
</ul></nav>
</header>
<ol class="breadcrumb">
<li><a href="/">Start</a></li><li><a href="/kommun">Kommun och politik</a></li><li>Styrdokument</li>
</ol>
<main id="main">
<article>
{body}
</article>
</main>
<aside class="related"><h2>Relaterad information</h2>
<ul><li><a href="/e-tjanster">E-tjänster och blanketter</a></li></ul></aside>
<footer>
<h2>Kontakta oss</h2>
<p>{site}, Telefon växel: 054-00 00 00</p>
<p>Webbplatsen ska vara tillgänglig för alla. <a href="/tillganglighet">Tillgänglighetsredogörelse</a></p>
</footer>
</body>
</html>
"""


def write_html(blocks: Sequence[Block], path: Path, *, title: str, site: str) -> None:
    """Write the blocks as a web page."""
    parts = []
    for kind, group in groupby(blocks, key=lambda b: b.kind):
        run = list(group)
        if kind == "item":
            items = "\n".join(f"<li>{_inline(b.text)}</li>" for b in run)
            parts.append(f"<ul>\n{items}\n</ul>")
        elif kind == "heading":
            parts += [f"<h{b.level}>{_inline(b.text)}</h{b.level}>" for b in run]
        else:
            parts += [_paragraph(b) for b in run]
    path.write_text(PAGE.format(title=escape(title), site=escape(site), body="\n".join(parts)), "utf-8")


def _paragraph(block: Block) -> str:
    """A paragraph; lines with page numbers after a tab, as in a list of contents, are a table."""
    if any("\t" in line for line in block.lines):
        rows = "\n".join(
            f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in line.split(chr(9)))}</tr>" for line in block.lines
        )
        return f"<table>\n{rows}\n</table>"
    return f"<p>{'<br>'.join(_inline(line) for line in block.lines)}</p>"


def _inline(line: str) -> str:
    tags = {"bold": "strong", "italic": "em"}
    return "".join(
        f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" if kind in tags else escape(text) for text, kind in spans(line)
    )
