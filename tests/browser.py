"""A headless Chromium: what a page looks like, how wide it is, how many sheets of paper it takes."""

import functools
import json
import re
import shutil
import subprocess
import threading
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

PROGRAM = shutil.which("chromium")
needed = pytest.mark.skipif(not PROGRAM, reason="chromium is not installed")

# Shows the page in frames of widths of their own, for a window has a least width, and tells what it sees.
_FRAMES = """\
<!DOCTYPE html><meta charset="utf-8"><body style="margin: 0"><pre id="told"></pre>
<script>
const told = [], widths = %s;
for (const width of widths) {
  const frame = document.createElement("iframe");
  frame.style = `border: 0; height: 3000px; width: ${width}px`;
  frame.src = "%s";
  frame.onload = () => {
    const root = frame.contentDocument.documentElement;
    const wide = [...root.querySelectorAll("body *")].filter((each) =>
      each.getBoundingClientRect().right > root.clientWidth + 1 && !each.closest("caption, .list thead"));
    told.push([root.scrollWidth, wide.map((each) => each.outerHTML.slice(0, 80))]);
    told.sort((one, other) => one[0] - other[0]);
    document.getElementById("told").textContent = JSON.stringify(told);
  };
  document.body.append(frame);
}
</script>
"""


class Seen(NamedTuple):
    """How wide a page is in pixels, and what stands out of it."""

    width: int
    wide: list[str]


class Looked(NamedTuple):
    """What a page is like at each width, the narrowest first, and what it fetched beside itself."""

    seen: list[Seen]
    fetched: list[str]


class _Server(ThreadingHTTPServer):
    """Serves a folder, and is the proxy for everything else, so that nothing is fetched unseen."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    """Notes what is asked for, which a proxy is told with its host."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.rpartition("/")[2])

    def log_request(self, *_code_and_size: object) -> None:
        assert isinstance(self.server, _Server)
        if "Referer" in self.headers:  # a page asks, not the browser itself
            self.server.asked.append(self.path)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def run(folder: Path, *words: str) -> str:
    """Run the browser in headless mode and return what it prints; the first start makes its profile."""
    command = [PROGRAM or "", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    command += [f"--user-data-dir={folder.parent / 'browser'}", *words]
    return subprocess.run(command, capture_output=True, check=True, timeout=120, encoding="utf-8").stdout


def look(page: Path, *widths: int) -> Looked:
    """Return what a page is like in windows of so many pixels."""
    page.with_name("frames.html").write_text(_FRAMES % (list(widths), page.name), encoding="utf-8")
    with _Server(page.parent) as server:
        threading.Thread(target=server.serve_forever).start()
        here = f"http://127.0.0.1:{server.server_port}"
        words = (f"--proxy-server={here}", "--proxy-bypass-list=<-loopback>", "--virtual-time-budget=5000")
        shown = run(page.parent, *words, "--dump-dom", f"{here}/frames.html")
        server.shutdown()
    own = ("frames.html", page.name, "favicon.ico")
    fetched = [path for path in server.asked if path not in [f"{here}/{name}" for name in own]]
    told = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert told
    return Looked([Seen(*each) for each in json.loads(unescape(told[1]))], fetched)


def sheets(page: Path) -> int:
    """Print a page to a PDF, and return how many sheets of paper it takes."""
    file = page.with_suffix(".pdf")
    run(page.parent, "--no-pdf-header-footer", f"--print-to-pdf={file}", page.as_uri())
    return len(re.findall(rb"/Type /Page\b(?!s)", file.read_bytes()))
