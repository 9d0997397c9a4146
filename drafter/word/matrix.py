"""The compliance matrix as a page for a browser.

One rule: the page stands by itself: no script, no file beside it, fit to be printed.
"""

from __future__ import annotations

from drafter.papers.matrix import COLUMNS, Matrix


def _facts(matrix: Matrix) -> tuple[str, ...]:
    counts = "; ".join(f"{count} {status}" for status, count in matrix.summary)
    return (
        f"{matrix.title} ({matrix.contract_status})",
        f"Measured against {matrix.policy} ({matrix.policy_status}, {matrix.policy_date})",
        f"{len(matrix.rows)} requirements: {counts}.",
    )


# -- a page -------------------------------------------------------------------------------------


def to_html(matrix: Matrix) -> str:
    """Write the matrix as a page that stands by itself; every word is escaped."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(_PAGE).render(matrix=matrix, columns=COLUMNS, facts=_facts(matrix)) + "\n"


_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Compliance matrix: {{ matrix.title }}</title>
<style>
  :root { color-scheme: light; }
  body { font: 15px/1.45 Cambria, Caladea, Georgia, serif; color: #1c1c1c; }
  body { margin: 2rem auto; max-width: 78rem; padding: 0 1rem; }
  h1 { font-size: 1.7rem; margin: 0 0 .4rem; }
  h2 { font-size: 1.15rem; margin: 2rem 0 .4rem; }
  p { margin: .15rem 0; }
  table { border-collapse: collapse; width: 100%; margin-top: 1.2rem; }
  th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid #c9c9c9; }
  thead th { border-bottom: 2px solid #404040; background: #ededed; }
  tbody th { white-space: nowrap; }
  blockquote { margin: 0 0 .3rem; font-style: italic; }
  .asks, .why { color: #444; font-size: .92em; }
  .status { font-weight: bold; }
  .good { color: #1d6b32; } .mixed { color: #7a5200; } .bad { color: #a11616; } .quiet { color: #5d5d5d; }
  ul { list-style: none; margin: 0; padding: 0; }
  @page { size: landscape; margin: 1.5cm; }
  @media print {
    body { font-size: 9pt; margin: 0; max-width: none; padding: 0; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
  }
</style>
</head>
<body>
<h1>Compliance matrix</h1>
{% for fact in facts %}
<p>{{ fact }}</p>
{% endfor %}
<table>
<thead>
<tr>{% for column in columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr>
</thead>
<tbody>
{% for row in matrix.rows %}
<tr>
<th scope="row">{{ row.id }}</th>
<td>{% if row.quote %}<blockquote>“{{ row.quote }}”</blockquote>{% endif %}<span class="asks">{{ row.asks }}</span></td>
<td><span class="status {{ row.tone }}">{{ row.status }}</span>
{% if row.why %}<br><span class="why">{{ row.why }}</span>{% endif %}</td>
<td><ul>{% for place in row.places %}<li>{{ place }}</li>{% endfor %}</ul></td>
<td><ul>{% for wording in row.wordings %}<li>{{ wording }}</li>{% endfor %}</ul></td>
<td><ul>{% for authority in row.authorities %}<li>{{ authority }}</li>{% endfor %}</ul></td>
</tr>
{% endfor %}
</tbody>
</table>
{% if matrix.anomalies %}
<h2>In the policy's own text</h2>
{% for paragraphs, text, handling in matrix.anomalies %}
<p><strong>{{ paragraphs }}.</strong> {{ text }} {{ handling }}</p>
{% endfor %}
{% endif %}
</body>
</html>
"""
