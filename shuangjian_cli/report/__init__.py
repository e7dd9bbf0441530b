"""Records and their texts → one HTML file that explains itself, without a network.

    write_page("report.html", gather(texts, "zh"), "zh")

`gather_stored` takes a store. A text is a document, its words (None where they are not at hand) and its indicators. The same
texts make the same bytes, in any order.
"""

from shuangjian_cli.report.page import page, write_page
from shuangjian_cli.report.payload import WHOLE_TEXTS, Payload, gather, gather_stored

__all__ = ["WHOLE_TEXTS", "Payload", "gather", "gather_stored", "page", "write_page"]
