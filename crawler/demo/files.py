"""The smallest files that open: what letters have attached."""

from __future__ import annotations


def write_pdf(text: str) -> bytes:
    """Write a one-page PDF whose title is `text`; the page itself is blank."""
    title = text.encode("utf-16-be").hex()
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        f"<< /Title <feff{title}> >>",
    )
    written = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n{trailer}".encode()
