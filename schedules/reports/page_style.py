"""Owns how the HTML report looks: readable on a phone, in the dark, on paper and in mail."""

from __future__ import annotations

# Mail readers may drop a page's style sheet: what marks a change stands at the element itself.
DELETED = "background:#ffdce0;color:#86181d;text-decoration:line-through"
INSERTED = "background:#d2f7dc;color:#0f5223;text-decoration:none;font-weight:600"

# `!important`: in mail the rules above stand at the elements, too, where they would win.
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.65 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  max-width: 46rem; margin: 0 auto; padding: 1rem; color: #1c1e21; background: #fff;
  overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .5rem 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 2px solid #d0d4da; }
h3 { font-size: 1rem; line-height: 1.4; margin: 0 0 .3rem; }
p { margin: .2rem 0; }
a { color: #0b57b0; text-decoration: none; }
a:hover { text-decoration: underline; }
header p, .head p, .facts, .link, footer, .foot { color: #5c636d; font-size: .85rem; }
article, .entry { border: 1px solid #dfe3e8; border-left: 4px solid #8b95a1; border-radius: 6px;
  padding: .7rem .9rem; margin: .7rem 0; }
article.withdrawn, .entry.withdrawn { border-left-color: #c62828; }
article.moved, .entry.moved { border-left-color: #ad6800; }
article.substance, .entry.substance { border-left-color: #b26a00; }
article.restored, article.new, .entry.restored, .entry.new { border-left-color: #2e7d32; }
.figures { font-size: 1.05rem; }
.note { color: #8a5a00; font-size: .9rem; }
.diff { background: #f6f8fa; border-radius: 4px; padding: .4rem .6rem; margin: .4rem 0; }
.alarms { border: 1px solid #c62828; border-radius: 6px; padding: .2rem .9rem .6rem;
  margin: 1rem 0; }
.alarms h2 { border: 0; margin: .4rem 0; color: #c62828; }
.alarms ul { margin: .3rem 0; padding-left: 1.2rem; }
footer, .foot { margin-top: 2rem; border-top: 1px solid #d0d4da; }
@media (prefers-color-scheme: dark) {
  body { color: #e3e6ea !important; background: #16181b !important; }
  a { color: #7ab7ff !important; }
  h2, article, .entry, footer, .foot { border-color: #3a4048 !important; }
  header p, .head p, .facts, .link, footer, .foot { color: #a4acb6 !important; }
  .note { color: #e0b060 !important; }
  .diff { background: #1f2328 !important; }
}
@media print { article { break-inside: avoid; } a { color: inherit; } }
"""

DOSSIER_STYLE = """
body { max-width: 60rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { border-bottom: 1px solid #dfe3e8; padding: .25rem .5rem; text-align: left;
  vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
code, .code { font: .8rem/1.5 ui-monospace, Menlo, Consolas, monospace; }
.journal { font-size: .75rem; }
.text { white-space: pre-wrap; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.sides > div { background: #f6f8fa; border-radius: 4px; padding: .4rem .6rem; }
h4 { margin: .2rem 0; font-size: .85rem; color: #5c636d; }
@media (max-width: 40rem) { .sides { grid-template-columns: 1fr; } }
@media (prefers-color-scheme: dark) {
  th, td { border-color: #3a4048; }
  .sides > div { background: #1f2328; }
}
@media print {
  body { max-width: none; font-size: 11pt; }
  section { break-inside: auto; }
  article { break-inside: auto; }
}
"""
