"""What one server's silence about robots.txt means for a portal that stands on another."""

from __future__ import annotations

from pathlib import Path

from tests.crawl_site import letter, listing
from tests.loopback import Desk, Site, serving


def test_page_on_a_server_without_robots_does_not_end_the_portals_run(tmp_path: Path) -> None:
    """f29: nobody listens on port 9, so its rules are unknown; the portal's own are not."""
    numbers = list(range(1, 9))
    pages = {f"/jyta/202406/t20240603_{n}.html": letter(n) for n in numbers}
    with serving(Site({"/jyta/": listing(numbers), **pages})) as site:
        desk = Desk(tmp_path)
        desk.write_config()
        desk.write_portal(
            "test-a",
            'agency = "青岚市民生事务局"\nplatform = "trs"\n'
            f'lists = [{{ url = "{site.url}/jyta/" }}]\n'
            'pages = ["http://127.0.0.1:9/jyta/202406/t20240603_99.html"]\n',
        )
        desk.fuhan("crawl")
        assert {path for path in site.asked if path in pages} == pages.keys()
